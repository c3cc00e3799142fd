"""The equations of a remittance, to the cent: a cent off anywhere is found, and named by its equation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.engines.x12 import ProviderAdjustment, Remittance, RemittanceClaim, judge_remittance
from charthouse.kit import Money
from tests.engines.x12.remits import CLAIM_PAID, REMITTANCE, cas, claim_of, line_of, remittance_of


def _plb(cents: int) -> ProviderAdjustment:
    return ProviderAdjustment("1260181593", date(2026, 12, 31), "WO", Money(cents))


def _equations(claim: RemittanceClaim) -> list[str]:
    return [one.equation for one in judge_remittance(remittance_of(claim)).claims[0].imbalances]


@st.composite
def balanced_claims(draw: st.DrawFn) -> RemittanceClaim:
    """A claim whose lines, adjustments and totals were made to agree."""
    lines = []
    for _ in range(draw(st.integers(1, 4))):
        paid, contract, patient = (draw(st.integers(0, 100_000)) for _ in range(3))
        adjustments = (cas("CO", "45", contract), cas("PR", "1", patient))
        lines.append(line_of(paid + contract + patient, paid, *adjustments))
    held = draw(st.integers(0, 5_000))
    billed = sum(line.billed.cents for line in lines if line.billed)
    paid_in_all = sum(line.paid.cents for line in lines if line.paid) - held
    status = "22" if paid_in_all < 0 else "1"
    return claim_of(billed, paid_in_all, *lines, status=status, adjustments=(cas("OA", "23", held),))


def test_a_plain_check_balances() -> None:
    assert judge_remittance(REMITTANCE).is_balanced


@given(st.lists(balanced_claims(), min_size=1, max_size=3), st.integers(-5_000, 5_000))
def test_amounts_made_to_agree_balance(claims: list[RemittanceClaim], withheld: int) -> None:
    paid = sum(claim.paid.cents for claim in claims if claim.paid)
    check = replace(remittance_of(*claims, amount=paid - withheld), provider_adjustments=(_plb(withheld),))
    assert judge_remittance(check).is_balanced


@given(balanced_claims(), st.sampled_from(["billed", "paid"]), st.sampled_from([-1, 1]))
def test_a_cent_off_in_a_claim_is_found(claim: RemittanceClaim, field: str, cent: int) -> None:
    spoiled = replace(claim, **{field: getattr(claim, field) + Money(cent)})
    assert not judge_remittance(remittance_of(spoiled)).is_balanced


def test_a_the_check_must_be_its_claims_less_the_provider_s_adjustments() -> None:
    check = remittance_of(CLAIM_PAID, amount=8_999)
    balance = judge_remittance(check)
    (imbalance,) = balance.imbalances
    assert (imbalance.equation, imbalance.at) == ("a", "BPR02")
    assert imbalance.sentence == "BPR02 says $89.99 and the amounts give $90.00."
    assert judge_remittance(replace(check, provider_adjustments=(_plb(1),))).is_balanced


@pytest.mark.parametrize(
    ("claim", "equations"),
    [
        pytest.param(claim_of(100, 90, adjustments=(cas("CO", "45", 9),)), ["b"], id="b without lines"),
        pytest.param(claim_of(101, 91, line_of(100, 90, cas("CO", "45", 10))), ["c", "d"], id="c and d"),
        pytest.param(
            claim_of(100, 90, line_of(100, 95, cas("CO", "45", 10))), ["d", "e"], id="d and e: lines paid differ"
        ),
        pytest.param(
            claim_of(100, 90, line_of(60, 50, cas("CO", "45", 4)), line_of(40, 40, cas("CO", "45", 6))),
            ["e", "e"],
            id="e: the adjustment stands at the wrong line",
        ),
        pytest.param(
            claim_of(100, 90, line_of(100, 95, cas("CO", "45", 5)), adjustments=(cas("OA", "23", 5),)),
            [],
            id="claim-level adjustment beside lines",
        ),
    ],
)
def test_each_equation_is_told_by_its_letter(claim: RemittanceClaim, equations: list[str]) -> None:
    assert _equations(claim) == equations


def test_a_line_out_of_balance_names_its_number() -> None:
    claim = claim_of(200, 180, line_of(100, 90, cas("CO", "45", 10)), line_of(100, 90, cas("CO", "45", 11)))
    found = judge_remittance(remittance_of(claim)).claims[0].imbalances
    assert [(one.equation, one.line) for one in found] == [("b", 0), ("e", 2)]


def test_an_unreadable_amount_cannot_hold() -> None:
    claim = replace(CLAIM_PAID, billed=None)
    (first, *_) = judge_remittance(remittance_of(claim)).claims[0].imbalances
    assert first.sentence == "CLP04 cannot be judged: an amount is unreadable."


def test_sums_are_parted_by_group_at_claim_and_line_level() -> None:
    line = line_of(1_000, 500, cas("CO", "45", 200), cas("PR", "1", 150), cas("OA", "23", 100), cas("PI", "1", 50))
    claim = claim_of(1_000, 470, line, adjustments=(cas("PR", "2", 20), cas("CO", "253", 10)))
    judged = judge_remittance(remittance_of(claim)).claims[0]
    assert judged.imbalances == ()
    assert (judged.adjusted, judged.patient) == (Money(360), Money(170))


def test_a_check_without_claims_balances_on_its_provider_adjustments() -> None:
    empty: Remittance = remittance_of(amount=500)
    assert not judge_remittance(empty).is_balanced
    assert judge_remittance(replace(empty, provider_adjustments=(_plb(-500),))).is_balanced
