"""Keeping what a remittance says, claim by claim and line by line, whether it is posted or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from charthouse.apps.remittance.matching import Match
from charthouse.apps.remittance.models import Adjustment, Remittance, RemittanceClaim, RemittanceLine
from charthouse.engines import x12
from charthouse.kit import Money

_BATCH = 500


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
    """Store every claim of the check with its lines and adjustments, in few statements: a check may hold thousands."""
    rows = [_claim(remittance, balance, one) for balance, one in zip(judged.claims, matches, strict=True)]
    RemittanceClaim.objects.bulk_create(rows, batch_size=_BATCH)
    recorded = [
        Recorded(place, balance, one, row)
        for place, (balance, one, row) in enumerate(zip(judged.claims, matches, rows, strict=True), start=1)
    ]
    adjustments = [one for claim in recorded for one in _adjustments(claim.row, None, claim.told.adjustments)]
    lines = [(claim, line, told) for claim in recorded for line, told in _lines(claim)]
    RemittanceLine.objects.bulk_create([line for _, line, _ in lines], batch_size=_BATCH)
    for claim, line, told in lines:
        adjustments += _adjustments(claim.row, line, told.adjustments)
    Adjustment.objects.bulk_create(adjustments, batch_size=_BATCH)
    return recorded


def _claim(remittance: Remittance, balance: x12.ClaimBalance, match: Match) -> RemittanceClaim:
    told = balance.claim
    return RemittanceClaim(
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


def _lines(claim: Recorded) -> Iterator[tuple[RemittanceLine, x12.RemittanceLine]]:
    for number, told in enumerate(claim.told.lines):
        if told.billed is None or told.paid is None:
            continue  # unreadable: the claim's problems name the element, and its file is kept
        line = RemittanceLine(
            remittance_claim=claim.row,
            claim_line=claim.match.lines.get(number),
            control=told.control_number[:50],
            code=told.procedure[:10],
            billed_cents=told.billed.cents,
            paid_cents=told.paid.cents,
        )
        yield line, told


def _adjustments(
    row: RemittanceClaim, line: RemittanceLine | None, adjustments: Sequence[x12.Adjustment]
) -> Iterator[Adjustment]:
    for one in adjustments:
        if one.amount:
            yield Adjustment(
                remittance_claim=row,
                line=line,
                group=one.group[:2],
                reason=one.reason[:5],
                amount_cents=one.amount.cents,
            )


def _problems(balance: x12.ClaimBalance, match: Match) -> list[str]:
    unequal = [imbalance.sentence for imbalance in balance.imbalances]
    faults = [f"{fault.at}: {fault.sentence}" for fault in balance.claim.problems]
    return [*unequal, *faults, *([match.problem] if match.problem else [])]


def _cents(amount: Money | None) -> int | None:
    return amount.cents if amount is not None else None
