"""The command line: one text that may be a diagnosis or a procedure."""

from __future__ import annotations

from uuid import UUID

from charthouse.apps.accounts.models import Person
from charthouse.apps.coding.actions.diagnoses import add_diagnosis
from charthouse.apps.coding.actions.evidence import Passage
from charthouse.apps.coding.actions.procedures import add_procedure
from charthouse.apps.coding.codes import is_diagnosis
from charthouse.apps.coding.command import parse
from charthouse.apps.coding.models import DiagnosisLine, ProcedureLine


def enter(
    person: Person, session_uid: UUID, text: str, *, as_principal: bool = False, evidence: Passage | None = None
) -> DiagnosisLine | ProcedureLine:
    """Add what was typed: a diagnosis when ICD-10-CM knows it and nothing else stands with it, else a procedure.

    `E1122` has the shape of both; the diagnosis wins, for no HCPCS code in use is also an ICD-10-CM code.
    """
    typed = parse(text)
    if not typed.may_be_procedure or (typed.may_be_diagnosis and is_diagnosis(typed.code)):
        return add_diagnosis(person, session_uid, text, as_principal=as_principal, evidence=evidence)
    return add_procedure(person, session_uid, text, evidence=evidence)
