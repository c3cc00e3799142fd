"""Keeping what a remittance says, claim by claim and line by line, whether it is posted or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from charthouse.apps.remittance.matching import Match
from charthouse.apps.remittance.models import Adjustment, Remittance, RemittanceClaim, RemittanceLine
from charthouse.engines import x12
from charthouse.kit import Money


@dataclass(frozen=True, slots=True)
class Recorded:
    """A claim of a remittance as told and as stored, with our claim when it was matched."""

    place: int
    judged: x12.ClaimBalance
    match: Match
    row: RemittanceClaim

    @property
    def told(self) -> x12.RemittanceClaim:
        """What the payer says."""
        return self.judged.claim


def record_claims(remittance: Remittance, judged: x12.RemittanceBalance, matches: Sequence[Match]) -> list[Recorded]:
    """Store every claim of the check with its lines and adjustments."""
    return [
        _record(remittance, place, balance, match)
        for place, (balance, match) in enumerate(zip(judged.claims, matches, strict=True), start=1)
    ]


def _record(remittance: Remittance, place: int, balance: x12.ClaimBalance, match: Match) -> Recorded:
    told = balance.claim
    row = RemittanceClaim.objects.create(
        remittance=remittance,
        claim=match.claim,
        claim_number=told.patient_control_number[:38],
        payer_claim_number=told.payer_control_number[:50],
        status_code=told.status[:2],
        billed_cents=_cents(told.billed),
        paid_cents=_cents(told.paid),
        state=balance.state.value,
        problems=_problems(balance, match),
    )
    _record_adjustments(row, None, told.adjustments)
    for number, line in enumerate(told.lines):
        _record_line(row, line, match, number)
    return Recorded(place, balance, match, row)


def _record_line(row: RemittanceClaim, told: x12.RemittanceLine, match: Match, number: int) -> None:
    if told.billed is None or told.paid is None:
        return  # unreadable: the claim's problems name the element, and its file is kept
    line = RemittanceLine.objects.create(
        remittance_claim=row,
        claim_line=match.lines.get(number),
        control=told.control_number[:50],
        code=told.procedure[:10],
        billed_cents=told.billed.cents,
        paid_cents=told.paid.cents,
    )
    _record_adjustments(row, line, told.adjustments)


def _record_adjustments(
    row: RemittanceClaim, line: RemittanceLine | None, adjustments: Sequence[x12.Adjustment]
) -> None:
    Adjustment.objects.bulk_create(
        Adjustment(
            remittance_claim=row,
            line=line,
            group=one.group[:2],
            reason=one.reason[:5],
            amount_cents=one.amount.cents,
        )
        for one in adjustments
        if one.amount
    )


def _problems(balance: x12.ClaimBalance, match: Match) -> list[str]:
    unequal = [imbalance.sentence for imbalance in balance.imbalances]
    faults = [f"{fault.at}: {fault.sentence}" for fault in balance.claim.problems]
    return [*unequal, *faults, *([match.problem] if match.problem else [])]


def _cents(amount: Money | None) -> int | None:
    return amount.cents if amount is not None else None
