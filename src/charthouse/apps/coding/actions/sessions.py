"""Opening a session and taking back its last change."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from charthouse.apps.accounts.models import Person
from charthouse.apps.audit.actions import record
from charthouse.apps.charts.models import Encounter
from charthouse.apps.coding import policies, snapshot
from charthouse.apps.coding.changing import lock, log, pass_gate, refuse_final
from charthouse.apps.coding.models import CodingSession
from charthouse.apps.core.clock import now
from charthouse.apps.core.errors import Conflict, Denied
from charthouse.apps.worklists import actions as worklists

_NOT_YOURS = "There is no such chart on your worklist."


@transaction.atomic
def open_session(person: Person, encounter_uid: UUID) -> CodingSession:
    """Open the session of a chart this person has from the worklist, or go on with it, and renew the lease.

    A session left open by somebody else is taken over with its lines; their undo steps are not.
    """
    encounter = Encounter.objects.select_related("patient").filter(uid=encounter_uid).first()
    if encounter is None:
        raise Denied(_NOT_YOURS)
    if not policies.may_code(person, encounter):
        for own in CodingSession.objects.filter(encounter=encounter, coder=person):
            refuse_final(own)
        raise Denied(_NOT_YOURS)
    pass_gate(person, encounter)
    # Session before work item, as every change does. The work item's lock then lets only one request make a session.
    sessions = CodingSession.objects.filter(encounter=encounter).order_by("-id")
    session = sessions.select_for_update().first()
    worklists.renew_lease(person, encounter)
    session = session or sessions.first()
    if session is None or session.state == CodingSession.State.FINAL:
        session = CodingSession.objects.create(encounter=encounter, coder=person, opened_at=now())
        _log(session, "coding.session.opened")
    if session.coder_id != person.pk:
        session.coder = person
        session.save(update_fields=["coder"])
        session.changes.all().delete()
        _log(session, "coding.session.taken_over")
    return session


@transaction.atomic
def undo(person: Person, session_uid: UUID) -> CodingSession:
    """Take back the last change, with evidence and pointers; Conflict when there is none."""
    session = lock(person, session_uid)
    last = session.changes.first()
    if last is None:
        raise Conflict("There is nothing to take back.", code="coding.nothing-to-undo")
    snapshot.restore(session, last.before)
    last.delete()
    log(person, session, "coding.change.undone", {"label": last.label})
    return session


def _log(session: CodingSession, verb: str) -> None:
    record(verb, session, subject=str(session.encounter.patient.uid))
