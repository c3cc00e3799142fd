"""Carrying out what a finding offers: one key instead of the steps by hand."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

from charthouse.apps.accounts.models import Person
from charthouse.apps.coding.actions.diagnoses import move_diagnosis, remove_diagnosis, replace_diagnosis
from charthouse.apps.coding.actions.procedures import change_procedure, remove_procedure, set_pointers
from charthouse.apps.coding.changing import lock
from charthouse.apps.coding.checks import findings, key_of
from charthouse.apps.coding.models import CodingSession, DiagnosisLine, ProcedureLine
from charthouse.apps.core.errors import Conflict, Invalid

Arguments = dict[str, str]


@transaction.atomic
def apply_mend(person: Person, session_uid: UUID, finding_key: str, mend_index: int = 0) -> CodingSession:
    """Do what a finding offers (`mend_index` from 0); Conflict when the finding no longer stands."""
    session = lock(person, session_uid)
    finding = next((finding for finding in findings(session) if key_of(finding) == finding_key), None)
    if finding is None:
        raise Conflict("This finding is settled already.", code="coding.finding-gone")
    if not 0 <= mend_index < len(finding.mends):
        raise Invalid("This finding does not offer that.", field="mend")
    mend = finding.mends[mend_index]
    MENDS[mend.action](person, session, mend.arguments)
    session.refresh_from_db(fields=["revision"])
    return session


def _replace(person: Person, session: CodingSession, arguments: Arguments) -> None:
    replace_diagnosis(person, _diagnosis(session, arguments["where"]).uid, arguments["code"])


def _remove(person: Person, session: CodingSession, arguments: Arguments) -> None:
    if arguments["where"].startswith("dx:"):
        remove_diagnosis(person, _diagnosis(session, arguments["where"]).uid)
    else:
        remove_procedure(person, _procedure(session, arguments["where"]).uid)


def _move_first(person: Person, session: CodingSession, arguments: Arguments) -> None:
    move_diagnosis(person, _diagnosis(session, arguments["where"]).uid, 1)


def _move_before(person: Person, session: CodingSession, arguments: Arguments) -> None:
    line, before = _diagnosis(session, arguments["where"]), _diagnosis(session, arguments["before"])
    move_diagnosis(person, line.uid, before.position - (line.position < before.position))


def _set_units(person: Person, session: CodingSession, arguments: Arguments) -> None:
    change_procedure(person, _procedure(session, arguments["where"]).uid, units=int(arguments["units"]))


def _set_pointers(person: Person, session: CodingSession, arguments: Arguments) -> None:
    positions = [int(text) for text in arguments["pointers"].split(",")]
    set_pointers(person, _procedure(session, arguments["where"]).uid, positions)


# The actions of engines.edits.mends.
MENDS: dict[str, Callable[[Person, CodingSession, Arguments], None]] = {
    "replace": _replace,
    "remove": _remove,
    "move-first": _move_first,
    "move-before": _move_before,
    "set-units": _set_units,
    "set-pointers": _set_pointers,
}


def _diagnosis(session: CodingSession, where: str) -> DiagnosisLine:
    return session.diagnoses.get(position=int(where.removeprefix("dx:")))


def _procedure(session: CodingSession, where: str) -> ProcedureLine:
    return session.procedures.get(position=int(where.removeprefix("px:")))
