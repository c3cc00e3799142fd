"""Findings on coded work: raised once by what came back, answered once by the coder."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from charthouse.apps.accounts.models import Person
from charthouse.apps.audit.actions import record
from charthouse.apps.coding.models import CodingSummary
from charthouse.apps.core.clock import now
from charthouse.apps.core.errors import Conflict, Denied, Invalid
from charthouse.apps.quality.models import CodingFinding
from charthouse.apps.quality.policies import may_answer

MOST_CHARACTERS = 2000


@transaction.atomic
def raise_denial_finding(
    summary: CodingSummary, *, source_key: str, code: str, reason: str, message: str
) -> CodingFinding:
    """Tell the coder of a summary that a payer denied a code; the same `source_key` again changes nothing.

    `reason` is the adjustment group and reason, such as CO-50; `message` must hold no patient data.
    """
    finding, is_new = CodingFinding.objects.get_or_create(
        source_key=source_key,
        defaults={
            "summary": summary,
            "coder": summary.coder,
            "source": "denial",
            "code": code,
            "reason": reason,
            "message": message[:300],
        },
    )
    if is_new:
        subject = str(summary.encounter.patient.uid)
        record("quality.finding.raised", finding, subject=subject, detail={"code": code, "reason": reason})
    return finding


@transaction.atomic
def answer(person: Person, uid: UUID, agreed: bool, text: str = "") -> CodingFinding:
    """Agree with a finding or dispute it, once; a dispute says why."""
    finding = CodingFinding.objects.select_for_update().filter(uid=uid).first()
    if finding is None or not may_answer(person, finding):
        raise Denied("There is no such finding.")
    if finding.state != CodingFinding.State.OPEN:
        raise Conflict("You have answered this finding already.", code="quality.already-answered")
    words = text.strip()
    if not agreed and not words:
        raise Invalid("Say why you do not agree.", field="text", code="quality.reason-missing")
    if len(words) > MOST_CHARACTERS:
        message = f"Keep the answer to {MOST_CHARACTERS} characters."
        raise Invalid(message, field="text", code="quality.answer-too-long")
    finding.state = CodingFinding.State.AGREED if agreed else CodingFinding.State.DISPUTED
    finding.answer, finding.answered_at = words, now()
    finding.save(update_fields=["state", "answer", "answered_at"])
    subject = str(finding.summary.encounter.patient.uid)
    record("quality.finding.answered", finding, subject=subject, detail={"agreed": agreed})
    return finding
