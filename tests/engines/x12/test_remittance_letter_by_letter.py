"""A whole 835 as payers send it: claim-level adjustments, six triplets, reversal, secondary, spans, PLB."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from charthouse.engines.x12 import (
    Adjustment,
    BankRoute,
    ClaimState,
    Provider,
    ProviderAdjustment,
    Remittance,
    RemittanceClaim,
    RemittanceLine,
    RemittancePatient,
    judge_remittance,
    write_interchange,
)
from charthouse.kit import Money, ServiceDates
from tests.engines.x12.examples import interchange_of, read_one, there_and_back
from tests.engines.x12.remits import PAYEE, REMITTANCE, cas, claim_of, line_of, remittance_of

ENVELOPE = write_interchange(interchange_of("835", REMITTANCE)).decode().splitlines(keepends=True)
SEGMENTS = """BPR*I*1055*C*ACH*CCP*01*011000015*DA*123456*1512345678**01*021000021*DA*654321*20261002
TRN*1*EFT1*1512345678
REF*EV*NORTHWIND
DTM*405*20261001
N1*PR*EXAMPLE HEALTH PLAN*XV*60054
N3*1 PAYER PLAZA*FLOOR 2
N4*HARTFORD*CT*061031234
REF*2U*12345
PER*CX*CLAIMS*TE*8005550111
PER*BL*EDI DESK*TE*8005550100
N1*PE*LAKESIDE MEDICAL GROUP*XX*1260181593
REF*TJ*741234567
LX*1
CLP*CH0001A*1*200*150*30*12*ICN1*11*1
CAS*CO*45*20
NM1*QC*1*QUIGLEY*GRETA****MI*M1
NM1*82*1*FOX*MAY****XX*1219935180
MOA***MA01*MA07
DTM*232*20260310
DTM*233*20260312
DTM*050*20260315
SVC*HC:G0463:25*200*170**1*HC:G0438*2
DTM*150*20260310
DTM*151*20260312
CAS*PR*1*10**2*15*1*3*5
REF*6R*L1
AMT*B6*180
LQ*HE*N130
LQ*HE*M25
CLP*CH0002B*2*500*1000**12*ICN2
CAS*OA*23*-500
LX*2
CLP*CH0003C*22*-100*-80**12*ICN3
SVC*HC:G0463*-100*-80
CAS*CO*1*-1**2*-2**3*-3**4*-4**5*-5**6*-5
PLB*1260181593*20261231*WO:ICN9*20*72:X*-5
PLB*1260181593*20271231*L6*0
""".splitlines()  # fmt: skip


def data_of(segments: list[str], end: str = "\n") -> bytes:
    body = "".join(f"{segment}~{end}" for segment in segments)
    whole = "".join(ENVELOPE[:3]) + body + f"SE*{len(segments) + 2}*0001~{end}" + "".join(ENVELOPE[-2:])
    return whole.encode()


def read(segments: list[str] = SEGMENTS) -> Remittance:
    found = read_one(data_of(segments))
    assert found.faults == ()
    body = found.interchange.groups[0].sets[0].body
    assert isinstance(body, Remittance)
    return body


def spoiled(old: str, new: str) -> Remittance:
    assert sum(old in one for one in SEGMENTS) == 1
    found = read_one(data_of([one.replace(old, new) for one in SEGMENTS]))
    body = found.interchange.groups[0].sets[0].body
    assert isinstance(body, Remittance)
    return body


CHECK = read()
FIRST, SECOND, THIRD = CHECK.claims


def test_the_payment_and_its_bank_route() -> None:
    assert (CHECK.number, CHECK.originator, CHECK.amount) == ("EFT1", "1512345678", Money(105_500))
    assert (CHECK.handling, CHECK.direction, CHECK.method) == ("I", "C", "ACH")
    assert (CHECK.paid_on, CHECK.produced_on) == (date(2026, 10, 2), date(2026, 10, 1))
    assert CHECK.receiver_id == "NORTHWIND"
    assert CHECK.route == BankRoute(
        *("CCP", "01", "011000015", "DA", "123456", "1512345678", "", "01", "021000021", "DA", "654321")
    )


def test_payer_and_payee() -> None:
    payer = CHECK.payer
    assert (payer.name, payer.identifier_qualifier, payer.identifier) == ("EXAMPLE HEALTH PLAN", "XV", "60054")
    assert payer.address
    assert (payer.address.line, payer.address.second_line, payer.address.state) == ("1 PAYER PLAZA", "FLOOR 2", "CT")
    assert (payer.reference, payer.contact_name, payer.contact_phone) == ("12345", "EDI DESK", "8005550100")
    assert CHECK.payee == replace(PAYEE)


def test_the_head_of_a_claim() -> None:
    assert (FIRST.patient_control_number, FIRST.status, FIRST.filing_code) == ("CH0001A", "1", "12")
    assert (FIRST.billed, FIRST.paid, FIRST.patient_responsibility) == (Money(20_000), Money(15_000), Money(3_000))
    assert (FIRST.payer_control_number, FIRST.facility_code, FIRST.frequency) == ("ICN1", "11", "1")
    assert FIRST.patient == RemittancePatient("QUIGLEY", "GRETA", "", "M1", "MI")
    assert FIRST.rendering_provider == Provider("FOX", "1219935180", "MAY")
    assert FIRST.remarks == ("MA01", "MA07")
    assert FIRST.dates == ServiceDates(date(2026, 3, 10), date(2026, 3, 12))
    assert FIRST.received_on == date(2026, 3, 15)


def test_a_line_with_everything() -> None:
    (line,) = FIRST.lines
    assert line == RemittanceLine(
        procedure="G0463",
        billed=Money(20_000),
        paid=Money(17_000),
        modifiers=("25",),
        units_paid=Decimal(1),
        procedure_sent="G0438",
        units_billed=Decimal(2),
        dates=ServiceDates(date(2026, 3, 10), date(2026, 3, 12)),
        adjustments=(
            Adjustment("PR", "1", Money(1_000)),
            Adjustment("PR", "2", Money(1_500), Decimal(1)),
            Adjustment("PR", "3", Money(500)),
        ),
        control_number="L1",
        allowed=Money(18_000),
        remarks=("N130", "M25"),
    )


def test_adjustments_of_the_claim_are_not_those_of_its_lines() -> None:
    assert FIRST.adjustments == (Adjustment("CO", "45", Money(2_000)),)
    assert SECOND.adjustments == (Adjustment("OA", "23", Money(-50_000)),)
    assert THIRD.adjustments == ()


def test_six_triplets_of_a_reversal_keep_their_signs() -> None:
    assert [(one.reason, one.amount) for one in THIRD.lines[0].adjustments] == [
        *(("1", Money(-100)), ("2", Money(-200)), ("3", Money(-300))),
        *(("4", Money(-400)), ("5", Money(-500)), ("6", Money(-500))),
    ]


def test_each_claim_knows_the_header_it_stands_under() -> None:
    assert [claim.header for claim in CHECK.claims] == ["1", "1", "2"]


def test_every_pair_of_every_provider_adjustment_is_read_with_its_sign() -> None:
    this, following = date(2026, 12, 31), date(2027, 12, 31)
    assert CHECK.provider_adjustments == (
        ProviderAdjustment("1260181593", this, "WO", Money(2_000), "ICN9"),
        ProviderAdjustment("1260181593", this, "72", Money(-500), "X"),
        ProviderAdjustment("1260181593", following, "L6", Money(0)),
    )


def test_what_no_field_takes_is_kept_beside_it() -> None:
    # The payer's claims contact is neither the technical one nor lost to the reader of the file itself.
    changed = read([*SEGMENTS[:15], "REF*1L*GROUP7", *SEGMENTS[15:]])
    assert changed.claims[0].unread == (("REF", "1L", "GROUP7"),)
    assert changed.claims[0] == replace(FIRST, unread=changed.claims[0].unread)


def test_the_check_balances_and_each_claim_has_its_state() -> None:
    judged = judge_remittance(CHECK)
    assert (judged.imbalances, judged.is_balanced) == ((), True)
    assert [one.state for one in judged.claims] == [ClaimState.PAID, ClaimState.REDUCED, ClaimState.REVERSED]
    assert [(one.adjusted, one.patient) for one in judged.claims] == [
        *((Money(2_000), Money(3_000)), (Money(-50_000), Money(0)), (Money(-2_000), Money(0))),
    ]


def test_it_is_written_again_and_comes_back() -> None:
    interchange = interchange_of("835", CHECK)
    assert there_and_back(interchange) == interchange


@pytest.mark.parametrize("end", ["", "\r\n"])
def test_line_ends_change_nothing(end: str) -> None:
    assert read_one(data_of(SEGMENTS, end)).interchange.groups[0].sets[0].body == CHECK


@pytest.mark.parametrize(
    ("old", "new", "at", "whose"),
    [
        pytest.param("BPR*I*1055*", "BPR*I*1,055*", "BPR02", "check", id="a comma in the check"),
        pytest.param("*654321*20261002", "*654321*20261032", "BPR16", "check", id="a payment day that is none"),
        pytest.param("DTM*405*20261001", "DTM*405*2026", "DTM02", "check", id="a production day that is none"),
        pytest.param("WO:ICN9*20*", "WO:ICN9*2O*", "PLB04", "check", id="a letter in a PLB"),
        pytest.param("*72:X*-5", "*72:X*", "PLB06", "check", id="a PLB without its amount"),
        pytest.param("PLB*1260181593*20271231", "PLB*1260181593*20271331", "PLB02", "check", id="no year end"),
        pytest.param("*1*200*150*30*", "*1*2e2*150*30*", "CLP03", "claim", id="an exponent in a charge"),
        pytest.param("*1*200*150*30*", "*1*200*15O*30*", "CLP04", "claim", id="a letter in a payment"),
        pytest.param("*1*200*150*30*", "*1*200*150*x*", "CLP05", "claim", id="no patient amount"),
        pytest.param("CAS*CO*45*20", "CAS*CO*45*20.001", "CAS03", "claim", id="a tenth of a cent"),
        pytest.param("**2*15*1*3*5", "**2*15*x*3*5", "CAS07", "claim", id="a quantity that is none"),
        pytest.param("**2*15*1*3*5", "**2*15*1*3*five", "CAS09", "claim", id="a word in the third triplet"),
        pytest.param("*200*170**1*HC", "*2OO*170**1*HC", "SVC02", "claim", id="a line's charge"),
        pytest.param("*200*170**1*HC", "*200*17O**1*HC", "SVC03", "claim", id="a line's payment"),
        pytest.param("*200*170**1*HC", "*200*170**x*HC", "SVC05", "claim", id="units paid"),
        pytest.param("*HC:G0438*2", "*HC:G0438*x", "SVC07", "claim", id="units billed"),
        pytest.param("AMT*B6*180", "AMT*B6*?", "AMT02", "claim", id="the allowed amount"),
        pytest.param("DTM*232*20260310", "DTM*232*20260230", "DTM02", "claim", id="a day of the claim"),
        pytest.param("DTM*151*20260312", "DTM*151*20260309", "DTM02", "claim", id="a span that runs backwards"),
        pytest.param("DTM*050*20260315", "DTM*050*x", "DTM02", "claim", id="the day of receipt"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_where_it_belongs(old: str, new: str, at: str, whose: str) -> None:
    remittance = spoiled(old, new)
    own = remittance.problems if whose == "check" else remittance.claims[0].problems
    assert [problem.at for problem in own] == [at]
    others = remittance.claims if whose == "check" else remittance.claims[1:]
    assert not any(claim.problems for claim in others)


@pytest.mark.parametrize(
    ("old", "new", "suspended"),
    [
        pytest.param("BPR*I*1055*", "BPR*I*1,055*", [True, True, True], id="the check"),
        pytest.param("WO:ICN9*20*", "WO:ICN9*2O*", [True, True, True], id="a PLB"),
        pytest.param("*1*200*150*30*", "*1*200*15O*30*", [True, True, True], id="CLP04"),
        pytest.param("*1*200*150*30*", "*1*2e2*150*30*", [True, False, False], id="CLP03"),
        pytest.param("CAS*CO*45*20", "CAS*CO*45*20.001", [True, False, False], id="CAS"),
        pytest.param("AMT*B6*180", "AMT*B6*?", [True, False, False], id="an amount no equation needs"),
        pytest.param("**2*15*1*3*5", "**2*15*x*3*5", [False, False, False], id="a quantity is no amount"),
        pytest.param("DTM*232*20260310", "DTM*232*20260230", [False, False, False], id="a day is no amount"),
    ],
)
def test_an_unreadable_amount_suspends_as_far_as_it_reaches(old: str, new: str, suspended: list[bool]) -> None:
    judged = judge_remittance(spoiled(old, new))
    assert [one.state is ClaimState.SUSPENDED for one in judged.claims] == suspended


def _claims(*claims: RemittanceClaim) -> list[ClaimState]:
    return [one.state for one in judge_remittance(remittance_of(*claims)).claims]


@pytest.mark.parametrize(
    ("claim", "state"),
    [
        pytest.param(claim_of(100, 100, line_of(100, 100)), ClaimState.PAID, id="in full"),
        pytest.param(claim_of(100, 80, line_of(100, 80, cas("CO", "45", 20))), ClaimState.PAID, id="by contract"),
        pytest.param(claim_of(100, 80, line_of(100, 80, cas("PR", "2", 20))), ClaimState.PAID, id="with a share"),
        pytest.param(claim_of(100, 80, line_of(100, 80, cas("CO", "97", 20))), ClaimState.REDUCED, id="bundled"),
        pytest.param(claim_of(100, 80, line_of(100, 80, cas("OA", "45", 20))), ClaimState.REDUCED, id="45 of another"),
        pytest.param(
            claim_of(100, 80, line_of(100, 80, cas("CO", "45", 20), cas("CO", "97", 0))), ClaimState.PAID, id="by 0"
        ),
        pytest.param(claim_of(100, 0, line_of(100, 0, cas("CO", "29", 100))), ClaimState.DENIED, id="too late"),
        pytest.param(claim_of(100, 0, line_of(100, 0, cas("PR", "1", 100))), ClaimState.ZERO, id="all to the patient"),
        pytest.param(
            claim_of(100, 0, line_of(100, 0, cas("CO", "45", 99), cas("PR", "1", 1))), ClaimState.ZERO, id="a cent left"
        ),
        pytest.param(
            claim_of(100, 0, line_of(100, 0, cas("PR", "1", 100)), status="4"), ClaimState.DENIED, id="said denied"
        ),
        pytest.param(claim_of(0, 0), ClaimState.ZERO, id="nothing charged"),
        pytest.param(claim_of(-100, -80, line_of(-100, -80, cas("CO", "45", -20)), status="22"), ClaimState.REVERSED,
                     id="taken back"),
        pytest.param(claim_of(100, 0, line_of(100, 0, cas("CO", "29", 100)), status="22"), ClaimState.REVERSED,
                     id="a reversal before anything else"),
        pytest.param(claim_of(-100, -100), ClaimState.SUSPENDED, id="taken back without the status"),
        pytest.param(claim_of(100, 99), ClaimState.SUSPENDED, id="a cent unexplained"),
    ],
)  # fmt: skip
def test_a_claim_s_state(claim: RemittanceClaim, state: ClaimState) -> None:
    assert _claims(claim) == [state]


@pytest.mark.parametrize("status", ["1", "2", "3", "19", "20", "21"])
def test_the_rank_of_the_payer_does_not_change_the_state(status: str) -> None:
    assert _claims(claim_of(100, 80, line_of(100, 80, cas("CO", "45", 20)), status=status)) == [ClaimState.PAID]


@pytest.mark.parametrize("count", [1, 5, 6, 7, 12, 13])
def test_any_number_of_adjustments_is_written_six_to_a_segment(count: int) -> None:
    line = line_of(count, 0, *(cas("CO", f"{n}", 1) for n in range(count)))
    interchange = interchange_of("835", remittance_of(claim_of(count, 0, line)))
    assert write_interchange(interchange).count(b"\nCAS*") == -(-count // 6)
    assert there_and_back(interchange) == interchange


@pytest.mark.parametrize("count", [1, 6, 7])
def test_any_number_of_provider_adjustments_is_written_six_to_a_segment(count: int) -> None:
    plb = tuple(ProviderAdjustment("1", date(2026, 12, 31), "WO", Money(n), f"R{n}") for n in range(count))
    interchange = interchange_of("835", replace(REMITTANCE, provider_adjustments=plb))
    assert write_interchange(interchange).count(b"\nPLB*") == -(-count // 6)
    assert there_and_back(interchange) == interchange
