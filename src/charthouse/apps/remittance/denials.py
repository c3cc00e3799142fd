"""Denials as work: opened by a remittance with a day to answer by, told to the coder, never a write-off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from charthouse.apps.billing import content
from charthouse.apps.billing.models import Claim, ClaimLine
from charthouse.apps.core.clock import today
from charthouse.apps.quality.actions import raise_denial_finding
from charthouse.apps.remittance.models import Denial
from charthouse.apps.remittance.recording import Recorded
from charthouse.apps.remittance.sums import Denied
from charthouse.kit import Money

_DAYS_WITHOUT_PAYER = 30


def open_denials(claim: Claim, recorded: Recorded, denied: Sequence[Denied], paid_on: date | None) -> None:
    """Open a denial for everything a remittance denied of a claim and tell the coder."""
    for one in denied:
        line = recorded.match.lines.get(one.place) if one.place is not None else None
        denial = Denial.objects.create(
            claim=claim,
            remittance_claim=recorded.row,
            line=line,
            group=one.group[:2],
            reason=one.reason[:5],
            amount_cents=one.amount.cents,
            answer_by=_answer_by(claim, paid_on),
        )
        _tell_coder(denial)


def pointed_codes(line: ClaimLine) -> list[str]:
    """The diagnoses a line points to, as people write them."""
    diagnoses = content.load(line.version.content).diagnoses
    return [diagnoses[pointer - 1].display for pointer in line.pointers if 1 <= pointer <= len(diagnoses)]


def reason_of(denial: Denial) -> str:
    """Group and reason as people write them: `CO-50`."""
    return "-".join(filter(None, (denial.group, denial.reason))) or "no reason"


def _answer_by(claim: Claim, paid_on: date | None) -> date:
    """The payer counts from the day of its notice."""
    days = claim.payer.appeal_days if claim.payer else _DAYS_WITHOUT_PAYER
    return min(paid_on or today(), today()) + timedelta(days=days)


def _tell_coder(denial: Denial) -> None:
    claim, line = denial.claim, denial.line
    what = f"{line.code} (line {line.position})" if line else "the whole claim"
    why = f" It pointed to {', '.join(pointed_codes(line))}." if line else ""
    payer = claim.payer.name if claim.payer else "The payer"
    raise_denial_finding(
        claim.summary,
        source_key=f"denial:{denial.uid}",
        code=line.code if line else "",
        reason=reason_of(denial),
        message=f"{payer} denied {what} of claim {claim.number}: {Money(denial.amount_cents)}.{why}",
    )
