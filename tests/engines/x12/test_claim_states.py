"""The state of a paid claim: the first that fits of suspended, reversed, denied, zero, paid, reduced."""

from __future__ import annotations

from dataclasses import replace

import pytest

from charthouse.engines.x12 import ClaimState, RemittanceClaim, judge_remittance
from charthouse.kit import Money
from tests.engines.x12.remits import CLAIM_PAID, cas, claim_of, line_of, remittance_of

STATES = [
    ("paid in full", claim_of(100, 100, line_of(100, 100)), ClaimState.PAID),
    ("contract and patient share", CLAIM_PAID, ClaimState.PAID),
    ("other reason", claim_of(100, 90, line_of(100, 90, cas("CO", "97", 10))), ClaimState.REDUCED),
    ("other group with 45", claim_of(100, 90, line_of(100, 90, cas("OA", "45", 10))), ClaimState.REDUCED),
    ("payer initiated", claim_of(100, 90, adjustments=(cas("PI", "45", 10),)), ClaimState.REDUCED),
    ("an adjustment of nothing", claim_of(100, 100, line_of(100, 100, cas("CO", "97", 0))), ClaimState.PAID),
    ("denied by status", claim_of(100, 0, line_of(100, 0, cas("PR", "1", 100)), status="4"), ClaimState.DENIED),
    ("denied with a payment", claim_of(100, 100, line_of(100, 100), status="4"), ClaimState.DENIED),
    ("all adjusted", claim_of(100, 0, line_of(100, 0, cas("CO", "97", 100))), ClaimState.DENIED),
    ("all contract", claim_of(100, 0, line_of(100, 0, cas("CO", "45", 100))), ClaimState.DENIED),
    ("all to the patient", claim_of(100, 0, line_of(100, 0, cas("PR", "1", 100))), ClaimState.ZERO),
    ("part to the patient", claim_of(100, 0, adjustments=(cas("CO", "45", 40), cas("PR", "1", 60))), ClaimState.ZERO),
    ("nothing charged", claim_of(0, 0), ClaimState.ZERO),
    ("reversal", claim_of(-100, -90, line_of(-100, -90, cas("CO", "45", -10)), status="22"), ClaimState.REVERSED),
    ("reversal of nothing", claim_of(-100, 0, adjustments=(cas("PR", "1", -100),), status="22"), ClaimState.REVERSED),
    ("take-back", claim_of(100, -90, line_of(100, -90, cas("CO", "45", 190))), ClaimState.SUSPENDED),
    ("out of balance", claim_of(100, 90, line_of(100, 90)), ClaimState.SUSPENDED),
    ("denied and out of balance", claim_of(100, 0, line_of(100, 0), status="4"), ClaimState.SUSPENDED),
]


@pytest.mark.parametrize(("claim", "state"), [pytest.param(c, s, id=name) for name, c, s in STATES])
def test_the_state_is_the_first_that_fits(claim: RemittanceClaim, state: ClaimState) -> None:
    assert judge_remittance(remittance_of(claim)).claims[0].state is state


def test_a_check_that_fails_suspends_all_its_claims() -> None:
    claims = [claim for _, claim, _ in STATES[:5]]
    check = replace(remittance_of(*claims), amount=Money(1))
    assert {claim.state for claim in judge_remittance(check).claims} == {ClaimState.SUSPENDED}


def test_a_claim_out_of_balance_leaves_its_neighbours_alone() -> None:
    spoiled = claim_of(100, 90, line_of(100, 90))
    balance = judge_remittance(remittance_of(CLAIM_PAID, spoiled))
    assert [claim.state for claim in balance.claims] == [ClaimState.PAID, ClaimState.SUSPENDED]
    assert not balance.is_balanced
    assert balance.imbalances == ()
