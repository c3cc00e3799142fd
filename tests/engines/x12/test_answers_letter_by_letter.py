"""Whole answers as they leave us: TA1, 999 and 277CA for what was accepted, partly accepted and rejected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from charthouse.engines.x12 import (
    Body,
    ClaimAck,
    ClaimStatus,
    ClaimStatusReport,
    ImplementationAck,
    InterchangeAck,
    ProviderStatusReport,
    answer_group,
    write_interchange,
)
from charthouse.kit import Money, ServiceDates
from tests.engines.x12.examples import CLAIM, NOW, NPI, changed, claims_set, interchange_of, read_one, there_and_back

TWO = write_interchange(interchange_of("837", claims_set(CLAIM), claims_set(changed(patient_control_number="CH0002B"))))
ISA = b"ISA*00*          *00*          *ZZ*SUBMITTER01    *ZZ*RECEIVER01     *261123*0930*^*00501*000000101*0*T*:~\n"
ON = date(2026, 11, 23)


def answer(data: bytes) -> ImplementationAck:
    read = read_one(data)
    return answer_group(read.interchange.groups[0], read.faults)


def set_of(kind: str, body: Body) -> bytes:
    """What stands between GS and GE."""
    return b"".join(write_interchange(interchange_of(kind, body)).splitlines(keepends=True)[2:-2])


def test_a_999_that_accepts() -> None:
    assert set_of("999", answer(TWO)) == (
        b"ST*999*0001*005010X231A1~\n"
        b"AK1*HC*101*005010X222A1~\n"
        b"AK2*837*0001*005010X222A1~\n"
        b"IK5*A~\n"
        b"AK2*837*0002*005010X222A1~\n"
        b"IK5*A~\n"
        b"AK9*A*2*2*2~\n"
        b"SE*8*0001~\n"
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        pytest.param(
            b"*120.5***11",
            b"*12O.5***11",
            b"IK3*CLM*19*2300*8~\nIK4*2**6*12O.5~\nIK5*R*5~\n",
            id="an amount with a letter",
        ),
        pytest.param(
            b"*20260310~", b"*20260231~", b"IK3*DTP*25*2400*8~\nIK4*3**8*20260231~\nIK5*R*5~\n", id="a day that is none"
        ),
        pytest.param(
            b"*0930*CH~", b"*2560*CH~", b"IK3*BHT*2**8~\nIK4*5**9*2560~\nIK5*R*5~\n", id="a time that is none"
        ),
        pytest.param(
            b"NM1*PR*2*EXAMPLE HEALTH PLAN*****PI*60054~\n",
            b"",
            b"IK3*NM1*12*2010BB*3~\nIK5*R*4*5~\n",
            id="no payer, and so a wrong count",
        ),
        pytest.param(b"SE*27*0001~", b"SE*28*0001~", b"IK5*R*4~\n", id="a wrong count"),
        pytest.param(b"SE*27*0001~", b"SE*27*1~", b"IK5*R*3~\n", id="another number at the end"),
        pytest.param(b"SE*27*0001~", b"SE*1*2~", b"IK5*R*4*3~\n", id="both"),
        pytest.param(b"SE*27*0001~\n", b"", b"IK5*R*2~\n", id="no end"),
    ],
)
def test_a_999_that_takes_one_set_of_two(old: bytes, new: bytes, told: bytes) -> None:
    assert set_of("999", answer(TWO.replace(old, new, 1))).splitlines(keepends=True)[:-1] == (
        b"ST*999*0001*005010X231A1~\nAK1*HC*101*005010X222A1~\nAK2*837*0001*005010X222A1~\n"
        + told
        + b"AK2*837*0002*005010X222A1~\nIK5*A~\nAK9*P*2*2*1~\n"
    ).splitlines(keepends=True)


def test_a_999_that_rejects_every_set() -> None:
    body = set_of("999", answer(TWO.replace(b"*120.5***11", b"*x***11")))
    assert body.count(b"IK5*R*5~") == 2
    assert b"AK9*R*2*2*0~" in body


@pytest.mark.parametrize(
    ("old", "new", "end"),
    [
        pytest.param(b"GE*2*101~\n", b"", b"AK9*R*2*2*0*3~\n", id="no end of the group"),
        pytest.param(b"GE*2*101~", b"GE*2*7~", b"AK9*R*2*2*0*4~\n", id="another number"),
        pytest.param(b"GE*2*101~", b"GE*9*101~", b"AK9*R*2*2*0*5~\n", id="a wrong count"),
        pytest.param(b"GE*2*101~", b"GE*9*7~", b"AK9*R*2*2*0*5*4~\n", id="both"),
    ],
)
def test_a_999_that_rejects_a_group_for_its_end(old: bytes, new: bytes, end: bytes) -> None:
    assert end in set_of("999", answer(TWO.replace(old, new)))


def test_an_empty_group_is_rejected() -> None:
    start, end = TWO.index(b"ST*"), TWO.index(b"GE*")
    assert b"AK9*R*0*0*0~" in set_of("999", answer((TWO[:start] + TWO[end:]).replace(b"GE*2", b"GE*0")))


def test_no_more_than_five_reasons_are_given() -> None:
    spoiled = TWO.replace(b"SE*27*0002~", b"SE*1*2~").replace(b"ST*837*0002", b"ST*837*0001")
    for one in answer(spoiled).sets:
        assert len(one.codes) <= 5


@pytest.mark.parametrize(
    ("ack", "line"),
    [
        (InterchangeAck("000000101", NOW, "A"), b"TA1*000000101*261123*0930*A*000~\n"),
        (InterchangeAck("000000101", NOW, "E", "022"), b"TA1*000000101*261123*0930*E*022~\n"),
        (InterchangeAck("000000101", NOW, "R", "001"), b"TA1*000000101*261123*0930*R*001~\n"),
    ],
)
def test_a_ta1_stands_between_isa_and_iea(ack: InterchangeAck, line: bytes) -> None:
    alone = replace(interchange_of("999"), groups=(), interchange_acknowledgements=(ack,))
    assert write_interchange(alone) == ISA + line + b"IEA*0*000000101~\n"
    assert there_and_back(alone).interchange_acknowledgements == (ack,)
    assert ack.is_accepted is (ack.status != "R")


def test_several_ta1_stand_in_their_order_before_the_first_group() -> None:
    acks = tuple(InterchangeAck(f"{n:09d}", NOW, "A") for n in (3, 1, 2))
    both = interchange_of("999", answer(TWO), interchange_acknowledgements=acks)
    ids = [line[:3] for line in write_interchange(both).splitlines()]
    assert ids[:5] == [b"ISA", b"TA1", b"TA1", b"TA1", b"GS*"]
    assert there_and_back(both) == both


def claim(number: str, *statuses: ClaimStatus) -> ClaimStatusReport:
    return ClaimStatusReport(number, "QUIGLEY", statuses, "GRETA", "M1", dates=ServiceDates.on(date(2026, 3, 10)))


def ack_277(total: str, *claims: ClaimStatusReport) -> ClaimAck:
    provider = ProviderStatusReport("LAKESIDE", NPI, claims)
    status = ClaimStatus(total, "19", "PR", ON, "WQ" if total != "A3" else "U", Money(24_100))
    return ClaimAck("R1", NOW, "PLAN", "60054", "NORTHWIND", "SUBMITTER01", "B1", ON, ON, (status,), (provider,))


HEAD = (
    b"ST*277*0001*005010X214~\nBHT*0085*08*R1*20261123*0930*TH~\nHL*1**20*1~\nNM1*PR*2*PLAN*****PI*60054~\n"
    b"TRN*1*0~\nDTP*050*D8*20261123~\nDTP*009*D8*20261123~\nHL*2*1*21*1~\nNM1*41*2*NORTHWIND*****46*SUBMITTER01~\n"
    b"TRN*2*B1~\n"
)
PROVIDER = b"HL*3*2*19*1~\nNM1*85*2*LAKESIDE*****XX*1260181593~\nTRN*1*0~\n"
PATIENT = b"NM1*QC*1*QUIGLEY*GRETA****MI*M1~\n"
ACCEPTED = ClaimStatus("A2", "20", "PR", ON, "WQ", Money(12_050))
REJECTED = ClaimStatus("A7", "562", "85", ON, "U", Money(12_050))
RECEIVED = ClaimStatus("A1", "19", "PR", ON, "WQ", Money(12_050))
TAKEN = b"STC*A2:20:PR*20261123*WQ*120.5~\n"
REFUSED = b"STC*A7:562:85*20261123*U*120.5~\n"


@pytest.mark.parametrize(
    ("ack", "total", "told", "fates"),
    [
        pytest.param(
            ack_277("A1", claim("C1", ACCEPTED), claim("C2", ACCEPTED)),
            b"STC*A1:19:PR*20261123*WQ*241~\n",
            (TAKEN, TAKEN),
            (True, True),
            id="accepted",
        ),
        pytest.param(
            ack_277("A1", claim("C1", ACCEPTED), claim("C2", REJECTED)),
            b"STC*A1:19:PR*20261123*WQ*241~\n",
            (TAKEN, REFUSED),
            (True, False),
            id="partly",
        ),
        pytest.param(
            ack_277("A3", claim("C1", REJECTED), claim("C2", RECEIVED, REJECTED)),
            b"STC*A3:19:PR*20261123*U*241~\n",
            (REFUSED, b"STC*A1:19:PR*20261123*WQ*120.5~\n" + REFUSED),
            (False, False),
            id="rejected, one after it was received",
        ),
    ],
)
def test_a_277ca(ack: ClaimAck, total: bytes, told: tuple[bytes, bytes], fates: tuple[bool, bool]) -> None:
    day = b"DTP*472*D8*20260310~\n"
    first, second = (
        b"HL*%d*3*PT~\n" % level + PATIENT + b"TRN*2*C%d~\n" % n + said + day
        for level, n, said in ((4, 1, told[0]), (5, 2, told[1]))
    )
    body = HEAD + total + PROVIDER + first + second
    assert set_of("277", ack) == body + b"SE*%d*0001~\n" % (body.count(b"~") + 1)
    interchange = interchange_of("277", ack)
    assert there_and_back(interchange) == interchange
    assert tuple(one.is_accepted for one in ack.providers[0].claims) == fates


@pytest.mark.parametrize("category", ["A0", "A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8"])
def test_a_category_says_whether_it_was_refused(category: str) -> None:
    assert ClaimStatus(category, "0").is_rejection is (category in {"A3", "A6", "A7", "A8"})


def test_a_claim_without_a_status_was_not_accepted() -> None:
    assert not claim("C1").is_accepted


def test_an_answer_without_providers_or_claims_has_its_levels_closed() -> None:
    empty = replace(ack_277("A3"), providers=())
    assert b"HL*2*1*21*0~" in set_of("277", empty)
    assert b"HL*3*2*19*0~" in set_of("277", ack_277("A3"))
    for one in (empty, ack_277("A3")):
        assert there_and_back(interchange_of("277", one)) == interchange_of("277", one)


def test_two_providers_keep_their_own_claims() -> None:
    one = ack_277("A1", claim("C1", ACCEPTED))
    both = replace(one, providers=(*one.providers, ProviderStatusReport("OTHER", NPI, (claim("C2", REJECTED),))))
    levels = [line for line in set_of("277", both).splitlines() if line.startswith(b"HL*")]
    assert levels[2:] == [b"HL*3*2*19*1~", b"HL*4*3*PT~", b"HL*5*2*19*1~", b"HL*6*5*PT~"]
    assert there_and_back(interchange_of("277", both)) == interchange_of("277", both)
