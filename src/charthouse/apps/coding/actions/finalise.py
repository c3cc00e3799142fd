"""Making coding final: checked once more, written down for good, handed on."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from charthouse.apps.accounts.models import Person
from charthouse.apps.audit.actions import record
from charthouse.apps.coding import content
from charthouse.apps.coding.changing import lock
from charthouse.apps.coding.checks import findings
from charthouse.apps.coding.errors import FindingsOpen
from charthouse.apps.coding.hooks import SummaryFinalised, summary_finalised
from charthouse.apps.coding.models import CodingSession, CodingSummary
from charthouse.apps.core.clock import now
from charthouse.apps.core.errors import Conflict
from charthouse.apps.worklists import actions as worklists
from charthouse.kit import Finding


@transaction.atomic
def finalise(person: Person, session_uid: UUID, revision: int) -> CodingSummary:
    """Make the coding final and return its summary.

    Raise FindingsOpen while a finding stops it, Conflict when the session has changed since `revision` or is final.
    """
    session = lock(person, session_uid)
    if revision != session.revision:
        raise Conflict(
            "The codes have changed since this page was shown.",
            code="coding.stale",
            mend="Look at them as they are now, then finalise again.",
        )
    found = findings(session)
    stopping = [finding for finding in found if finding.stops]
    if stopping:
        raise FindingsOpen(stopping)
    _close(session)
    summary = _write(session, found)
    worklists.mark_coded(person, session.encounter)
    summary_finalised.send(SummaryFinalised(summary))
    return summary


def _close(session: CodingSession) -> None:
    # The row is locked already; the condition holds too where a database ignores the lock.
    at = now()
    still_open = CodingSession.objects.filter(pk=session.pk, state=CodingSession.State.OPEN, revision=session.revision)
    if not still_open.update(state=CodingSession.State.FINAL, finalised_at=at):
        raise Conflict("This coding has just been made final elsewhere.", code="coding.already-final")
    session.state, session.finalised_at = CodingSession.State.FINAL, at


def _write(session: CodingSession, found: list[Finding]) -> CodingSummary:
    held = content.write(session, found)
    summary = CodingSummary.objects.create(
        encounter=session.encounter,
        session=session,
        coder=session.coder,
        version=session.encounter.coding_summaries.count() + 1,
        finalised_at=session.finalised_at or now(),
        content=held,
        sha256=content.digest(held),
    )
    record(
        "coding.summary.finalised",
        summary,
        subject=str(session.encounter.patient.uid),
        detail={
            "version": summary.version,
            "sha256": summary.sha256,
            "diagnoses": len(held["diagnoses"]),
            "procedures": len(held["procedures"]),
        },
    )
    return summary
