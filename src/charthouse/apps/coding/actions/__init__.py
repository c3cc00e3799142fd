"""Every write of coding, one function for each thing a coder means to do."""

from charthouse.apps.coding.actions.commands import enter
from charthouse.apps.coding.actions.diagnoses import (
    add_diagnosis,
    move_diagnosis,
    remove_diagnosis,
    replace_diagnosis,
    set_poa,
)
from charthouse.apps.coding.actions.evidence import Passage, attach_evidence, remove_evidence
from charthouse.apps.coding.actions.finalise import finalise
from charthouse.apps.coding.actions.mends import apply_mend
from charthouse.apps.coding.actions.procedures import add_procedure, change_procedure, remove_procedure, set_pointers
from charthouse.apps.coding.actions.sessions import open_session, undo

__all__ = [
    "Passage",
    "add_diagnosis",
    "add_procedure",
    "apply_mend",
    "attach_evidence",
    "change_procedure",
    "enter",
    "finalise",
    "move_diagnosis",
    "open_session",
    "remove_diagnosis",
    "remove_evidence",
    "remove_procedure",
    "replace_diagnosis",
    "set_poa",
    "set_pointers",
    "undo",
]
