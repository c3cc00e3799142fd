"""What every change of a session goes through: the lock, the checks, the snapshot for undo and the audit event."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from charthouse.apps.accounts.models import Person
from charthouse.apps.audit.actions import record
from charthouse.apps.charts.models import Encounter
from charthouse.apps.coding import policies, snapshot
from charthouse.apps.coding.models import CodingChange, CodingSession, DiagnosisLine, Evidence, ProcedureLine
from charthouse.apps.core.clock import now
from charthouse.apps.core.errors import Conflict, Denied
from charthouse.apps.program import gate
from charthouse.apps.worklists import actions as worklists

NOT_FOUND = "There is no such coding session."


@dataclass(slots=True)
class Change:
    """A change being made: the locked session, what undo will call it, and what the log may say of it."""

    session: CodingSession
    label: str = ""
    detail: dict[str, object] = field(default_factory=dict)


@contextmanager
def change(person: Person, session_uid: UUID, verb: str) -> Iterator[Change]:
    """Make one change in one transaction; when the lines are the same afterwards, nothing is recorded."""
    with transaction.atomic():
        session = lock(person, session_uid)
        before = snapshot.take(session)
        making = Change(session)
        yield making
        if snapshot.take(session) == before:
            return
        CodingChange.objects.create(session=session, revision=session.revision, label=making.label[:120], before=before)
        log(person, session, verb, making.detail)


def log(person: Person, session: CodingSession, verb: str, detail: dict[str, object]) -> None:
    """Count the change, keep the chart with its coder a while longer, and append the audit event."""
    session.revision += 1
    session.save(update_fields=["revision"])
    worklists.renew_lease(person, session.encounter)
    record(verb, session, subject=str(session.encounter.patient.uid), detail=detail | {"revision": session.revision})


def lock(person: Person, session_uid: UUID) -> CodingSession:
    """Lock an open session of this person's, whose chart they may open now; raise Denied or Conflict otherwise."""
    session = (
        CodingSession.objects.select_for_update(of=("self",))
        .select_related("encounter__patient", "encounter__provider")
        .filter(uid=session_uid, coder=person)
        .first()
    )
    if session is None:
        raise Denied(NOT_FOUND)
    refuse_final(session)
    if not policies.may_code(person, session.encounter):
        raise Denied(NOT_FOUND)
    if not policies.holds_lease(person, session.encounter, now()):
        raise Conflict(
            "This chart was kept for you for a while, and that time is over.",
            code="coding.lease-ended",
            mend="Open it again from the worklist; what you coded is still there.",
        )
    pass_gate(person, session.encounter)
    return session


def refuse_final(session: CodingSession) -> None:
    """Raise Conflict when the session is final."""
    if session.state == CodingSession.State.FINAL and session.finalised_at:
        since = timezone.localtime(session.finalised_at)
        raise Conflict(f"This coding is already final since {since:%-d %b %Y %H:%M}.", code="coding.already-final")


def pass_gate(person: Person, encounter: Encounter) -> None:
    """Raise GateClosed when the person may not open this chart now."""
    decision = gate.check(person, encounter.organization_id, encounter)
    if not decision.open:
        raise gate.GateClosed(decision)


def session_of(model: type[DiagnosisLine | ProcedureLine | Evidence], uid: UUID) -> UUID:
    """The session a line belongs to; Denied when there is no such line."""
    found = model._default_manager.filter(uid=uid).values_list("session__uid", flat=True).first()
    if found is None:
        raise Denied("There is no such line.")
    return UUID(str(found))


def diagnosis(session: CodingSession, uid: UUID) -> DiagnosisLine:
    """A diagnosis of the locked session; Conflict when it has gone in the meantime."""
    line = session.diagnoses.filter(uid=uid).first()
    if line is None:
        raise Conflict("This diagnosis has been removed in the meantime.", code="coding.line-gone")
    return line


def procedure(session: CodingSession, uid: UUID) -> ProcedureLine:
    """A procedure of the locked session; Conflict when it has gone in the meantime."""
    line = session.procedures.filter(uid=uid).first()
    if line is None:
        raise Conflict("This procedure has been removed in the meantime.", code="coding.line-gone")
    return line
