"""Judges a remittance to the cent: its equations (a) to (e), the sums by payer and patient, and each claim's state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from charthouse.engines.x12.remittance.model import Adjustment, Remittance, RemittanceClaim, RemittanceLine
from charthouse.kit import Money

_REVERSAL = "22"
_DENIED = "4"


class ClaimState(StrEnum):
    """What a paid claim came to; the first that fits, in the order of the reference."""

    SUSPENDED = "suspended"
    REVERSED = "reversed"
    DENIED = "denied"
    ZERO = "zero"
    PAID = "paid"
    REDUCED = "reduced"


@dataclass(frozen=True, slots=True)
class Imbalance:
    """An equation that does not hold: its letter, the element at fault, both sides (None: unreadable), line number."""

    equation: str
    at: str
    stated: Money | None
    computed: Money | None
    line: int = 0

    @property
    def sentence(self) -> str:
        """What differs from what, in words."""
        if self.stated is None or self.computed is None:
            return f"{self.at} cannot be judged: an amount is unreadable."
        return f"{self.at} says {self.stated} and the amounts give {self.computed}."


@dataclass(frozen=True, slots=True)
class ClaimBalance:
    """One claim judged: state, sums of adjustments (`adjusted` all groups but PR, `patient` group PR), imbalances."""

    claim: RemittanceClaim
    state: ClaimState
    adjusted: Money
    patient: Money
    imbalances: tuple[Imbalance, ...] = ()


@dataclass(frozen=True, slots=True)
class RemittanceBalance:
    """One check judged: whether all its equations hold, its own imbalances and its claims in file order."""

    is_balanced: bool
    imbalances: tuple[Imbalance, ...]
    claims: tuple[ClaimBalance, ...]


def judge_remittance(remittance: Remittance) -> RemittanceBalance:
    """Test every equation of a check and give each claim its state; a check that fails suspends all its claims."""
    check = _check_imbalances(remittance)
    claims = tuple(_judge_claim(claim, check_fails=bool(check)) for claim in remittance.claims)
    is_balanced = not check and not any(claim.imbalances for claim in claims)
    return RemittanceBalance(is_balanced, check, claims)


def _check_imbalances(remittance: Remittance) -> tuple[Imbalance, ...]:
    """(a) BPR02 = sum CLP04 - sum PLB."""
    paid = _sum(claim.paid for claim in remittance.claims)
    plb = _sum(adjustment.amount for adjustment in remittance.provider_adjustments)
    computed = paid - plb if paid is not None and plb is not None else None
    return _compare("a", "BPR02", remittance.amount, computed)


def _judge_claim(claim: RemittanceClaim, *, check_fails: bool) -> ClaimBalance:
    adjustments = [*claim.adjustments, *(one for line in claim.lines for one in line.adjustments)]
    adjusted = _known(one.amount for one in adjustments if one.group != "PR")
    patient = _known(one.amount for one in adjustments if one.group == "PR")
    imbalances = _claim_imbalances(claim, adjustments)
    if check_fails or imbalances or _has_unreadable_amount(claim) or _is_unexplained_takeback(claim):
        state = ClaimState.SUSPENDED
    else:
        state = _state(claim, adjustments, adjusted)
    return ClaimBalance(claim, state, adjusted, patient, imbalances)


def _state(claim: RemittanceClaim, adjustments: list[Adjustment], adjusted: Money) -> ClaimState:
    paid, billed = claim.paid or Money(0), claim.billed or Money(0)
    if claim.status == _REVERSAL:
        return ClaimState.REVERSED
    if claim.status == _DENIED or (not paid and billed > Money(0) and adjusted == billed):
        return ClaimState.DENIED
    if not paid:
        return ClaimState.ZERO
    return ClaimState.REDUCED if any(_reduces(one) for one in adjustments) else ClaimState.PAID


def _reduces(adjustment: Adjustment) -> bool:
    """Whether the payer took off more than its contract says: any amount but PR and CO-45."""
    is_contract = adjustment.group == "CO" and adjustment.reason == "45"
    return bool(adjustment.amount) and adjustment.group != "PR" and not is_contract


def _is_unexplained_takeback(claim: RemittanceClaim) -> bool:
    return claim.paid is not None and claim.paid < Money(0) and claim.status != _REVERSAL


def _has_unreadable_amount(claim: RemittanceClaim) -> bool:
    return any(problem.rule == "x12.element.amount" for problem in claim.problems)


def _claim_imbalances(claim: RemittanceClaim, adjustments: list[Adjustment]) -> tuple[Imbalance, ...]:
    """(b) to (e); (c), (d) and (e) only where lines are present."""
    found = _compare("b", "CLP04", claim.paid, _less(claim.billed, _sum(one.amount for one in adjustments)))
    if not claim.lines:
        return found
    lines_paid = _sum(line.paid for line in claim.lines)
    claim_level = _sum(one.amount for one in claim.adjustments)
    found += _compare("c", "CLP03", claim.billed, _sum(line.billed for line in claim.lines))
    found += _compare("d", "CLP04", claim.paid, _less(lines_paid, claim_level))
    for number, line in enumerate(claim.lines, start=1):
        found += _line_imbalances(number, line)
    return found


def _line_imbalances(number: int, line: RemittanceLine) -> tuple[Imbalance, ...]:
    """(e) SVC02 - SVC03 = CAS of that line."""
    return _compare("e", "SVC03", line.paid, _less(line.billed, _sum(one.amount for one in line.adjustments)), number)


def _compare(
    equation: str, at: str, stated: Money | None, computed: Money | None, line: int = 0
) -> tuple[Imbalance, ...]:
    if stated is not None and stated == computed:
        return ()
    return (Imbalance(equation, at, stated, computed, line),)


def _less(whole: Money | None, part: Money | None) -> Money | None:
    return whole - part if whole is not None and part is not None else None


def _sum(amounts: Iterable[Money | None]) -> Money | None:
    """The sum, or None where one of the amounts is unreadable."""
    total = Money(0)
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total


def _known(amounts: Iterable[Money | None]) -> Money:
    return Money.total(amount for amount in amounts if amount is not None)
