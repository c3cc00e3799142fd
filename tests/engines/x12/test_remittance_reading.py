"""Reading an 835: text as sent, amounts exact, what cannot be read is None and a problem, never an exception."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charthouse.engines.x12 import (
    Adjustment,
    ClaimState,
    Remittance,
    X12Fault,
    judge_remittance,
    write_interchange,
)
from charthouse.kit import Money
from tests.engines.x12.examples import interchange_of, read_one
from tests.engines.x12.remits import CLAIM_PAID, REMITTANCE, remittance_of

GOOD = write_interchange(interchange_of("835", REMITTANCE))
CLP = b"CLP*CH0001A*1*120.5*90*"


def _read(old: bytes, new: bytes, data: bytes = GOOD) -> Remittance:
    assert old in data
    body = read_one(data.replace(old, new)).interchange.groups[0].sets[0].body
    assert isinstance(body, Remittance)
    return body


def _marks(problems: tuple[X12Fault, ...]) -> list[str]:
    return [problem.at for problem in problems]


@pytest.mark.parametrize("text", [b"90", b"90.", b"90.0", b"90.000", b"090"])
def test_an_amount_is_read_in_any_plain_form(text: bytes) -> None:
    remittance = _read(CLP, b"CLP*CH0001A*1*120.5*" + text + b"*")
    assert remittance == REMITTANCE


@pytest.mark.parametrize("text", [b"9e1", b"9,0", b"ninety", b"90.001", b"", b"-", b".", b"$90", b"+90"])
def test_an_amount_that_cannot_be_read_is_none_and_suspends_the_check(text: bytes) -> None:
    remittance = _read(CLP, b"CLP*CH0001A*1*120.5*" + text + b"*")
    assert remittance.claims[0].paid is None
    assert _marks(remittance.claims[0].problems) == ["CLP04"]
    balance = judge_remittance(remittance)
    assert not balance.is_balanced
    assert balance.claims[0].state is ClaimState.SUSPENDED


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        (b"CLP*CH0001A*1*120.5*", b"CLP*CH0001A*1*x*", "CLP03"),
        (b"SVC*HC:G0463*120.5*", b"SVC*HC:G0463*x*", "SVC02"),
        (b"SVC*HC:G0463*120.5*90", b"SVC*HC:G0463*120.5*1e3", "SVC03"),
        (b"CAS*CO*45*20.5", b"CAS*CO*45*20,5", "CAS03"),
    ],
)
def test_a_claim_names_the_element_it_could_not_read(old: bytes, new: bytes, at: str) -> None:
    remittance = _read(old, new)
    assert _marks(remittance.claims[0].problems) == [at]
    assert remittance.problems == ()
    assert judge_remittance(remittance).claims[0].state is ClaimState.SUSPENDED


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [(b"BPR*I*90*", b"BPR*I*9O*", "BPR02"), (b"SE*", b"PLB*1*20261231*WO:X*1.001~SE*", "PLB04")],
)
def test_a_check_names_the_element_it_could_not_read(old: bytes, new: bytes, at: str) -> None:
    remittance = _read(old, new)
    assert _marks(remittance.problems) == [at]
    assert judge_remittance(remittance).claims[0].state is ClaimState.SUSPENDED


def test_problems_are_faults_of_the_interchange_too() -> None:
    read = read_one(GOOD.replace(CLP, b"CLP*CH0001A*1*120.5*x*"))
    (fault,) = read.faults
    assert (fault.at, fault.loop, fault.value, fault.set_control) == ("CLP04", "2100", "x", "0001")
    assert fault.position == 13
    assert fault.position_in_set == 11


def test_all_six_triplets_of_an_adjustment_are_read() -> None:
    remittance = _read(b"CAS*CO*45", b"CAS*OA*1*1**2*2**3*3**4*4**5*5**6*6*7~CAS*CO*45")
    amounts = [one.amount for one in remittance.claims[0].lines[0].adjustments if one.group == "OA"]
    assert amounts == [Money(100 * n) for n in range(1, 7)]


def test_an_empty_amount_beside_a_reason_counts_as_nothing_and_is_a_problem() -> None:
    claim = _read(b"CAS*CO*45*20.5", b"CAS*CO*45*20.5**97").claims[0]
    assert Adjustment("CO", "97", Money(0)) in claim.lines[0].adjustments
    assert [problem.segment for problem in claim.problems] == ["CAS"]
    assert judge_remittance(remittance_of(claim)).claims[0].state is ClaimState.PAID


def test_a_wholly_empty_triplet_is_skipped() -> None:
    claim = _read(b"CAS*CO*45*20.5", b"CAS*CO*45*20.5*****").claims[0]
    assert claim == CLAIM_PAID


def test_text_keeps_its_case() -> None:
    assert _read(CLP, b"CLP*Ab c*1*120.5*90*").claims[0].patient_control_number == "Ab c"


def test_claims_without_a_header_are_read() -> None:
    assert len(_read(b"LX*1~\n", b"").claims) == 1


def test_a_set_without_a_payment_has_problems_and_does_not_balance() -> None:
    start = GOOD.index(b"BPR*")
    remittance = _read(GOOD[start : GOOD.index(b"N1*PR")], b"")
    assert {problem.segment for problem in remittance.problems} == {"BPR", "TRN"}
    assert not judge_remittance(remittance).is_balanced


def test_a_span_that_ends_before_it_starts_is_a_problem() -> None:
    claim = _read(b"DTM*472*20260310", b"DTM*150*20260310~DTM*151*20260301").claims[0]
    assert claim.lines[0].dates is None
    assert _marks(claim.problems) == ["DTM02"]


def test_a_file_that_ends_early_still_gives_its_check() -> None:
    read = read_one(GOOD[: GOOD.index(b"SE*")])
    assert {fault.segment for fault in read.faults} == {"SE", "GE", "IEA"}
    body = read.interchange.groups[0].sets[0].body
    assert body == REMITTANCE


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=12))
def test_no_text_in_an_amount_ever_raises(text: str) -> None:
    data = GOOD.replace(CLP, b"CLP*CH0001A*1*120.5*" + text.encode() + b"*")
    read = read_one(data)
    for group in read.interchange.groups:
        for one in group.sets:
            if isinstance(one.body, Remittance):
                judge_remittance(one.body)
