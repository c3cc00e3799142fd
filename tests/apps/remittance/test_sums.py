"""What a decision comes to: contract reductions, the patient's share, and what was denied and stays open."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies

from charthouse.apps.remittance.sums import Denied, Sums, sum_up
from charthouse.engines import x12
from charthouse.kit import Money
from tests.apps.remittance.checks import Cas, adjustments, check, reversal


def told(
    *lines: tuple[int, int, tuple[Cas, ...]], status: str = "1", cas: tuple[Cas, ...] = (), billed: int = 0
) -> x12.RemittanceClaim:
    """A decision over lines of (billed, paid, adjustments)."""
    rows = tuple(
        x12.RemittanceLine("G0463", Money(of), Money(paid), adjustments=adjustments(*own)) for of, paid, own in lines
    )
    paid = sum(paid for _, paid, _ in lines) if lines else billed
    return x12.RemittanceClaim(
        "HP26-1",
        status,
        Money(sum(of for of, _, _ in lines) if lines else billed),
        Money(paid - sum(cents for _, _, cents in cas)),
        adjustments=adjustments(*cas),
        lines=rows,
    )


def summed(claim: x12.RemittanceClaim) -> Sums:
    judged = x12.judge_remittance(check(claim))
    assert judged.is_balanced
    return sum_up(judged.claims[0])


def test_paid_in_full() -> None:
    assert summed(told((100, 100, ()))) == Sums(Money(100), Money(0), Money(0))


def test_contract_and_patient_parts() -> None:
    sums = summed(told((100, 60, (("CO", "45", 25), ("CO", "253", 1), ("PR", "2", 14)))))
    assert sums == Sums(Money(60), Money(26), Money(14))


@pytest.mark.parametrize("group", ["CO", "OA", "PI"])
def test_a_line_taken_off_whole_is_denied_and_stays_open(group: str) -> None:
    sums = summed(told((100, 80, (("CO", "45", 20),)), (50, 0, ((group, "50", 50),))))
    assert sums == Sums(Money(80), Money(20), Money(0), (Denied(1, group, "50", Money(50)),))


def test_a_denied_line_gives_no_contract_reduction() -> None:
    sums = summed(told((100, 90, (("CO", "45", 10),)), (50, 0, (("CO", "45", 20), ("CO", "50", 30)))))
    assert (sums.contract, sums.denied) == (Money(10), (Denied(1, "CO", "50", Money(50)),))


def test_a_claim_denied_with_the_contract_reason_alone_is_no_write_off() -> None:
    sums = summed(told((100, 0, (("CO", "45", 100),))))
    assert sums == Sums(Money(0), Money(0), Money(0), (Denied(0, "CO", "45", Money(100)),))


def test_a_denied_claim_opens_every_line() -> None:
    sums = summed(told((100, 0, (("CO", "29", 100),)), (50, 0, (("CO", "29", 50),)), status="4"))
    assert [one.amount for one in sums.denied] == [Money(100), Money(50)]


def test_a_denied_claim_without_lines_is_denied_as_a_whole() -> None:
    sums = summed(told(status="4", cas=(("CO", "29", 100),), billed=100))
    assert sums == Sums(Money(0), Money(0), Money(0), (Denied(None, "CO", "29", Money(100)),))


def test_a_denial_told_for_the_claim_alone_is_not_lost_where_lines_say_nothing() -> None:
    sums = summed(told((60, 60, ()), (40, 40, ()), cas=(("CO", "29", 100),), status="4"))
    assert sums.denied == (Denied(None, "CO", "29", Money(100)),)
    assert (sums.paid, sums.contract) == (Money(0), Money(0))


def test_a_denial_left_to_the_patient_moves_it_and_is_still_work() -> None:
    sums = summed(told((100, 0, (("PR", "27", 100),)), status="4"))
    assert (sums.patient, sums.denied) == (Money(100), (Denied(0, "PR", "27", Money(100)),))


def test_a_deductible_is_no_denial() -> None:
    sums = summed(told((100, 0, (("PR", "1", 70), ("CO", "45", 30)))))
    assert sums == Sums(Money(0), Money(30), Money(70))


def test_a_line_paid_less_for_another_reason_is_no_contract_reduction() -> None:
    sums = summed(told((100, 60, (("CO", "59", 40),))))
    assert sums == Sums(Money(60), Money(0), Money(0))


def test_a_contract_reduction_for_the_claim_counts() -> None:
    assert summed(told((100, 100, ()), cas=(("CO", "253", 2),))).contract == Money(2)


CAS = strategies.tuples(
    strategies.sampled_from(["CO", "PR", "OA", "PI"]),
    strategies.sampled_from(["45", "253", "1", "2", "50", "97", "16"]),
    strategies.integers(0, 10**6),
)
LINES = strategies.lists(
    strategies.tuples(strategies.integers(0, 10**6), strategies.lists(CAS, max_size=4)), min_size=1, max_size=5
)
STATUSES = strategies.sampled_from(["1", "2", "4", "19"])


def _claim(rows: list[tuple[int, list[Cas]]], status: str) -> x12.RemittanceClaim:
    lines = [(paid + sum(cents for _, _, cents in cas), paid, tuple(cas)) for paid, cas in rows]
    return told(*lines, status=status)


@given(rows=LINES, status=STATUSES)
@settings(max_examples=200, deadline=None)
def test_parts_never_exceed_the_charge_and_denied_money_is_never_reduced(
    rows: list[tuple[int, list[Cas]]], status: str
) -> None:
    claim = _claim(rows, status)
    sums = summed(claim)
    assert claim.billed is not None
    assert sums.paid + sums.contract + sums.patient <= claim.billed
    open_at_payer = claim.billed - sums.paid - sums.contract - sums.patient
    disputed = [one for one in sums.denied if one.group != "PR"]
    assert open_at_payer >= Money.total(one.amount for one in disputed if one.amount <= open_at_payer)
    for one in disputed:
        assert one.amount <= open_at_payer


@given(rows=LINES, status=STATUSES)
@settings(max_examples=200, deadline=None)
def test_a_reversal_takes_back_exactly_what_was_given(rows: list[tuple[int, list[Cas]]], status: str) -> None:
    given_claim = _claim(rows, status)
    (judged,) = x12.judge_remittance(check(given_claim)).claims
    (mirrored,) = x12.judge_remittance(check(reversal(given_claim))).claims
    first = sum_up(judged)
    back = sum_up(mirrored, was_denied=judged.state is x12.ClaimState.DENIED)
    assert back == Sums(-first.paid, -first.contract, -first.patient)
