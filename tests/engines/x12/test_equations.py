"""Each equation of a remittance broken alone, by one cent, in each place where a cent can go astray."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from charthouse.engines.x12 import (
    ClaimState,
    Imbalance,
    ProviderAdjustment,
    Remittance,
    RemittanceClaim,
    RemittanceLine,
    judge_remittance,
)
from charthouse.kit import Money
from tests.engines.x12.remits import cas, claim_of, line_of, remittance_of

CENT = Money(1)
FIRST = line_of(6_000, 4_000, cas("CO", "45", 1_500), cas("PR", "2", 500))
SECOND = line_of(4_000, 3_000, cas("CO", "45", 1_000), control_number="L2")
HELD = cas("OA", "23", 200)
WHOLE = claim_of(10_000, 6_800, FIRST, SECOND, adjustments=(HELD,))
NEIGHBOUR = claim_of(500, 500, line_of(500, 500))
CHECK = replace(
    remittance_of(WHOLE, NEIGHBOUR, amount=7_250),
    provider_adjustments=(
        ProviderAdjustment("1260181593", date(2026, 12, 31), "WO", Money(100)),
        ProviderAdjustment("1260181593", date(2026, 12, 31), "L6", Money(-50)),
    ),
)
Broken = list[tuple[str, str, int]]


def with_line(number: int, line: RemittanceLine) -> RemittanceClaim:
    lines = list(WHOLE.lines)
    lines[number - 1] = line
    return replace(WHOLE, lines=tuple(lines))


def more(amount: Money | None) -> Money:
    assert amount is not None
    return amount + CENT


def broken(found: tuple[Imbalance, ...]) -> Broken:
    return [(one.equation, one.at, one.line) for one in found]


def test_the_whole_check_balances_with_everything_in_it() -> None:
    judged = judge_remittance(CHECK)
    assert judged.is_balanced
    assert [one.state for one in judged.claims] == [ClaimState.REDUCED, ClaimState.PAID]
    assert (judged.claims[0].adjusted, judged.claims[0].patient) == (Money(2_700), Money(500))


@pytest.mark.parametrize(
    "spoiled",
    [
        pytest.param(replace(CHECK, amount=Money(7_249)), id="a cent too little"),
        pytest.param(replace(CHECK, amount=Money(7_251)), id="a cent too much"),
        pytest.param(replace(CHECK, amount=Money(-7_250)), id="the sign turned"),
        pytest.param(replace(CHECK, amount=Money(7_300)), id="provider adjustments left out"),
        pytest.param(replace(CHECK, provider_adjustments=CHECK.provider_adjustments[:1]), id="one of them lost"),
        pytest.param(replace(CHECK, claims=(WHOLE,)), id="a claim lost"),
        pytest.param(replace(CHECK, claims=(WHOLE, NEIGHBOUR, NEIGHBOUR)), id="a claim twice"),
        pytest.param(replace(CHECK, amount=None), id="unreadable"),
    ],
)
def test_a_alone_suspends_every_claim_though_each_is_right(spoiled: Remittance) -> None:
    judged = judge_remittance(spoiled)
    assert broken(judged.imbalances) == [("a", "BPR02", 0)]
    assert not judged.is_balanced
    assert {one.state for one in judged.claims} == {ClaimState.SUSPENDED}
    assert all(one.imbalances == () for one in judged.claims)


@pytest.mark.parametrize(
    ("claim", "equations"),
    [
        pytest.param(claim_of(100, 91, adjustments=(cas("CO", "45", 10),)), [("b", "CLP04", 0)], id="b: paid"),
        pytest.param(claim_of(101, 90, adjustments=(cas("CO", "45", 10),)), [("b", "CLP04", 0)], id="b: billed"),
        pytest.param(claim_of(100, 90, adjustments=(cas("CO", "45", 11),)), [("b", "CLP04", 0)], id="b: adjusted"),
        pytest.param(claim_of(100, 90), [("b", "CLP04", 0)], id="b: no adjustment at all"),
        pytest.param(
            replace(WHOLE, billed=more(WHOLE.billed), adjustments=(HELD, cas("CO", "45", 1))),
            [("c", "CLP03", 0), ("d", "CLP04", 0)],
            id="c and d: a charge that no line has",
        ),
        pytest.param(
            replace(WHOLE, billed=more(WHOLE.billed), paid=more(WHOLE.paid), adjustments=(cas("OA", "23", 199),)),
            [("b", "CLP04", 0), ("c", "CLP03", 0)],
            id="b and c: lines and claim agree on what was paid",
        ),
        pytest.param(
            with_line(1, replace(FIRST, adjustments=(cas("CO", "45", 1_501), cas("PR", "2", 500)))),
            [("b", "CLP04", 0), ("e", "SVC03", 1)],
            id="b and e: an adjustment of a line",
        ),
        pytest.param(
            with_line(2, replace(SECOND, paid=more(SECOND.paid))),
            [("d", "CLP04", 0), ("e", "SVC03", 2)],
            id="d and e: a line's payment",
        ),
        pytest.param(
            with_line(2, replace(SECOND, billed=more(SECOND.billed))),
            [("c", "CLP03", 0), ("e", "SVC03", 2)],
            id="c and e: a line's charge",
        ),
        pytest.param(
            with_line(1, replace(FIRST, billed=more(FIRST.billed), paid=more(FIRST.paid))),
            [("c", "CLP03", 0), ("d", "CLP04", 0)],
            id="c and d: a line right in itself",
        ),
        pytest.param(
            replace(WHOLE, lines=(replace(FIRST, paid=more(FIRST.paid)), replace(SECOND, paid=Money(2_999)))),
            [("e", "SVC03", 1), ("e", "SVC03", 2)],
            id="e alone: a cent moved between lines",
        ),
        pytest.param(replace(WHOLE, lines=WHOLE.lines[:1]), [("b", "CLP04", 0), ("c", "CLP03", 0), ("d", "CLP04", 0)],
                     id="b, c and d: a line lost"),
        pytest.param(replace(WHOLE, adjustments=()), [("b", "CLP04", 0), ("d", "CLP04", 0)], id="b and d: held back"),
    ],
)  # fmt: skip
def test_each_equation_is_told_where_it_fails_and_nowhere_else(claim: RemittanceClaim, equations: Broken) -> None:
    judged = judge_remittance(remittance_of(claim, NEIGHBOUR))
    spoiled, neighbour = judged.claims
    assert broken(spoiled.imbalances) == equations
    assert spoiled.state is ClaimState.SUSPENDED
    assert (neighbour.imbalances, neighbour.state) == ((), ClaimState.PAID)
    assert judged.imbalances == ()
    assert not judged.is_balanced


@pytest.mark.parametrize(
    ("claim", "ats"),
    [
        pytest.param(replace(WHOLE, paid=None), ["CLP04", "CLP04"], id="CLP04"),
        pytest.param(replace(WHOLE, billed=None), ["CLP04", "CLP03"], id="CLP03"),
        pytest.param(with_line(1, replace(FIRST, paid=None)), ["CLP04", "SVC03"], id="SVC03"),
        pytest.param(with_line(1, replace(FIRST, billed=None)), ["CLP03", "SVC03"], id="SVC02"),
        pytest.param(
            with_line(1, replace(FIRST, adjustments=(replace(cas("CO", "45", 0), amount=None),))),
            ["CLP04", "SVC03"],
            id="CAS of a line",
        ),
        pytest.param(
            replace(WHOLE, adjustments=(replace(HELD, amount=None),)), ["CLP04", "CLP04"], id="CAS of the claim"
        ),
    ],
)
def test_an_amount_nobody_can_read_is_never_taken_for_nothing(claim: RemittanceClaim, ats: list[str]) -> None:
    (judged,) = judge_remittance(remittance_of(claim)).claims
    assert [one.at for one in judged.imbalances] == ats
    assert all("unreadable" in one.sentence or one.stated is not None for one in judged.imbalances)
    assert judged.state is ClaimState.SUSPENDED


def test_both_sides_of_a_failed_equation_are_told() -> None:
    spoiled = replace(WHOLE, paid=Money(6_700))
    (first, second) = judge_remittance(remittance_of(spoiled)).claims[0].imbalances
    assert (first.stated, first.computed) == (Money(6_700), Money(6_800))
    assert first.sentence == second.sentence == "CLP04 says $67.00 and the amounts give $68.00."


def test_a_reversal_balances_with_every_sign_turned() -> None:
    lines = (line_of(-6_000, -4_000, cas("CO", "45", -1_500), cas("PR", "2", -500)),)
    back = claim_of(-6_000, -4_000, *lines, status="22")
    judged = judge_remittance(
        remittance_of(back, claim_of(6_000, 4_500, line_of(6_000, 4_500, cas("CO", "45", 1_500))))
    )
    assert judged.is_balanced
    assert [one.state for one in judged.claims] == [ClaimState.REVERSED, ClaimState.PAID]


def test_a_reversal_with_one_sign_forgotten_does_not() -> None:
    lines = (line_of(-6_000, -4_000, cas("CO", "45", 1_500), cas("PR", "2", -500)),)
    judged = judge_remittance(remittance_of(claim_of(-6_000, -4_000, *lines, status="22")))
    assert broken(judged.claims[0].imbalances) == [("b", "CLP04", 0), ("e", "SVC03", 1)]
    assert judged.claims[0].state is ClaimState.SUSPENDED


def test_money_taken_back_without_saying_so_is_suspended_though_it_balances() -> None:
    taken = claim_of(0, -500, adjustments=(cas("OA", "23", 500),), status="1")
    judged = judge_remittance(remittance_of(taken))
    assert judged.is_balanced
    assert judged.claims[0].state is ClaimState.SUSPENDED


def test_a_secondary_payer_balances_over_what_the_first_one_paid() -> None:
    line = line_of(10_000, 1_000, cas("OA", "23", 8_000), cas("CO", "45", 1_000))
    judged = judge_remittance(remittance_of(claim_of(10_000, 1_000, line, status="2")))
    assert judged.is_balanced
    assert judged.claims[0].state is ClaimState.REDUCED
