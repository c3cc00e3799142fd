"""What a payer's decision on a claim comes to: paid, contract reduction, the patient's share, and what was denied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from charthouse.engines import x12
from charthouse.kit import Money

# Reductions agreed beforehand: 45 over the contract's fee, 253 the federal payment cut.
CONTRACT = frozenset({("CO", "45"), ("CO", "253")})
_NOTHING = Money(0)


@dataclass(frozen=True, slots=True)
class Denied:
    """A line (place in the remittance from 0; None: the claim) that was denied, why, and how much stays open."""

    place: int | None
    group: str
    reason: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Sums:
    """What goes into the journal for a claim. What is denied gives neither contract reduction nor write-off."""

    paid: Money
    contract: Money
    patient: Money
    denied: tuple[Denied, ...] = ()


def sum_up(judged: x12.ClaimBalance, *, was_denied: bool = False) -> Sums:
    """Add up one claim of a balanced remittance; a reversal takes back exactly what its claim gave.

    `was_denied` is whether the decision that a reversal takes back was a denial: the reversal does not say.
    """
    if judged.state is not x12.ClaimState.REVERSED:
        return _sums(judged.claim, judged.state is x12.ClaimState.DENIED)
    given = _sums(_negated(judged.claim), was_denied)
    return Sums(-given.paid, -given.contract, -given.patient)


def _sums(told: x12.RemittanceClaim, is_denied: bool) -> Sums:
    denied = tuple(_denials(told, is_denied))
    denied_places = {one.place for one in denied}
    on_lines = [(place, one) for place, line in enumerate(told.lines) for one in line.adjustments]
    reductions = [*told.adjustments, *(one for place, one in on_lines if place not in denied_places)]
    return Sums(
        paid=told.paid or _NOTHING,
        contract=_NOTHING if None in denied_places else _total(one for one in reductions if not _is_dispute(one)),
        patient=_total(one for one in (*told.adjustments, *(one for _, one in on_lines)) if one.group == "PR"),
        denied=denied,
    )


def _denials(told: x12.RemittanceClaim, is_denied: bool) -> Iterator[Denied]:
    """The denied lines; where no line is, but the claim is, the claim as a whole."""
    found = [
        _denial(place, line.billed, line.adjustments)
        for place, line in enumerate(told.lines)
        if line.billed and _was_denied(line.billed, line.paid, line.adjustments, is_denied)
    ]
    if not found and told.billed and _was_denied(told.billed, told.paid, told.adjustments, is_denied):
        found = [_denial(None, told.billed, told.adjustments)]
    yield from found


def _was_denied(
    billed: Money, paid: Money | None, adjustments: tuple[x12.Adjustment, ...], claim_is_denied: bool
) -> bool:
    """Nothing paid of a charge, and either the claim is denied or the payer took it off beyond the contract."""
    if paid or billed < _NOTHING:
        return False
    taken_off = any(one.amount and _is_dispute(one) for one in adjustments if one.group != "PR")
    to_patient = any(one.amount and one.group == "PR" for one in adjustments)
    return claim_is_denied or (taken_off and not to_patient)


def _denial(place: int | None, billed: Money, adjustments: tuple[x12.Adjustment, ...]) -> Denied:
    """Named by its largest adjustment, one beyond the contract before others, the patient's share last."""
    amounts = [one for one in adjustments if one.amount]
    main = max(amounts, key=_weight, default=None)
    left = billed - _total(one for one in amounts if one.group == "PR")
    return Denied(place, main.group if main else "", main.reason if main else "", left or billed)


def _weight(adjustment: x12.Adjustment) -> tuple[bool, bool, int]:
    is_payers = adjustment.group != "PR"
    return is_payers and _is_dispute(adjustment), is_payers, abs((adjustment.amount or _NOTHING).cents)


def _is_dispute(adjustment: x12.Adjustment) -> bool:
    return (adjustment.group, adjustment.reason) not in CONTRACT


def _total(adjustments: Iterable[x12.Adjustment]) -> Money:
    return Money.total(one.amount for one in adjustments if one.amount is not None)


def _negated(told: x12.RemittanceClaim) -> x12.RemittanceClaim:
    lines = tuple(
        replace(line, billed=_minus(line.billed), paid=_minus(line.paid), adjustments=_all_minus(line.adjustments))
        for line in told.lines
    )
    return replace(
        told, billed=_minus(told.billed), paid=_minus(told.paid), adjustments=_all_minus(told.adjustments), lines=lines
    )


def _all_minus(adjustments: tuple[x12.Adjustment, ...]) -> tuple[x12.Adjustment, ...]:
    return tuple(replace(one, amount=_minus(one.amount)) for one in adjustments)


def _minus(amount: Money | None) -> Money | None:
    return -amount if amount is not None else None
