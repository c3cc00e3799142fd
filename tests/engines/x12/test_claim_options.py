"""Every optional part of a professional claim: the segment it becomes, where it stands, and that it comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from charthouse.engines.x12 import (
    Address,
    BillingProvider,
    ClaimLine,
    DrugQuantity,
    Patient,
    Payer,
    Person,
    ProfessionalClaim,
    ProfessionalClaims,
    Provider,
    ServiceFacility,
    Subscriber,
    write_interchange,
)
from charthouse.kit import Code, Money, ServiceDates, Sex
from tests.engines.x12.examples import (
    ADDRESS,
    BILLING,
    CLAIM,
    LINE,
    NPI,
    OTHER_NPI,
    PAYER,
    SUBSCRIBER,
    changed,
    claims_set,
    interchange_of,
    there_and_back,
)

DAY = date(2026, 3, 9)
SUITE = replace(ADDRESS, second_line="SUITE 4")


def written(*claims: ProfessionalClaim) -> list[str]:
    text = write_interchange(interchange_of("837", claims_set(*claims))).decode("ascii")
    return text.replace("~", "").splitlines()[2:-2]


def line_with(**fields: Any) -> tuple[ClaimLine, ...]:
    return (replace(LINE, **fields),)


def added(claim: ProfessionalClaim) -> list[str]:
    """The segments the plain claim does not have, SE left out."""
    plain = written(CLAIM)
    return [line for line in written(claim) if line not in plain and not line.startswith("SE*")]


OPTIONS: list[tuple[str, ProfessionalClaim, list[str]]] = [
    ("onset", changed(onset_date=DAY), ["DTP*431*D8*20260309"]),
    ("accident date", changed(accident_date=DAY), ["DTP*439*D8*20260309"]),
    ("admission", changed(admission_date=DAY), ["DTP*435*D8*20260309"]),
    ("discharge is 096, not 96", changed(discharge_date=DAY), ["DTP*096*D8*20260309"]),
    ("patient paid", changed(patient_paid=Money(2_500)), ["AMT*F5*25"]),
    ("patient paid nothing is still said", changed(patient_paid=Money(0)), ["AMT*F5*0"]),
    ("referral", changed(referral_number="REF1"), ["REF*9F*REF1"]),
    ("authorization", changed(prior_authorization="AUTH1"), ["REF*G1*AUTH1"]),
    (
        "replacement with the payer's number",
        changed(frequency="7", original_reference="ICN1"),
        ["CLM*CH0001A*120.5***11:B:7*Y*A*Y*Y", "REF*F8*ICN1"],
    ),
    (
        "void with the payer's number",
        changed(frequency="8", original_reference="ICN1"),
        ["CLM*CH0001A*120.5***11:B:8*Y*A*Y*Y", "REF*F8*ICN1"],
    ),
    ("clearinghouse number", changed(clearinghouse_number="731"), ["REF*D9*731"]),
    ("note", changed(note="late, sorry"), ["NTE*ADD*LATE, SORRY"]),
    ("employment", changed(accident_causes=("EM",)), ["CLM*CH0001A*120.5***11:B:1*Y*A*Y*Y**EM"]),
    (
        "auto accident with its state",
        changed(accident_causes=("AA",), accident_state="TX"),
        ["CLM*CH0001A*120.5***11:B:1*Y*A*Y*Y**AA:::TX"],
    ),
    (
        "all three causes and a state",
        changed(accident_causes=("AA", "EM", "OA"), accident_state="ME"),
        ["CLM*CH0001A*120.5***11:B:1*Y*A*Y*Y**AA:EM:OA:ME"],
    ),
    (
        "assignment refused, nothing released",
        changed(assignment="C", benefits_assigned="N", release="I", provider_signature="N"),
        ["CLM*CH0001A*120.5***11:B:1*N*C*N*I"],
    ),
    (
        "referring person",
        changed(referring_provider=Provider("FOX", NPI, "MAY", "ANN")),
        ["NM1*DN*1*FOX*MAY*ANN***XX*1260181593"],
    ),
    ("referring without NPI", changed(referring_provider=Provider("FOX", given_name="MAY")), ["NM1*DN*1*FOX*MAY"]),
    (
        "rendering organisation",
        changed(rendering_provider=Provider("FOX CLINIC", NPI)),
        ["NM1*82*2*FOX CLINIC*****XX*1260181593"],
    ),
    (
        "service facility",
        changed(service_facility=ServiceFacility("NORTH HOSPITAL", SUITE, OTHER_NPI)),
        ["NM1*77*2*NORTH HOSPITAL*****XX*1219935180", "N3*100 MAIN STREET*SUITE 4"],
    ),
    (
        "service facility without NPI",
        changed(service_facility=ServiceFacility("NORTH HOSPITAL", ADDRESS)),
        ["NM1*77*2*NORTH HOSPITAL"],
    ),
    ("secondary payer", changed(subscriber=replace(SUBSCRIBER, responsibility="S")), ["SBR*S*18*******CI"]),
    ("tertiary payer", changed(subscriber=replace(SUBSCRIBER, responsibility="T")), ["SBR*T*18*******CI"]),
    (
        "group by number and name",
        changed(subscriber=replace(SUBSCRIBER, group_number="G1", group_name="MILL", filing_code="MB")),
        ["SBR*P*18*G1*MILL*****MB"],
    ),
    (
        "subscriber without address or birth date",
        changed(subscriber=Subscriber(Person("QUIGLEY", "GRETA", "B", "JR"), "M1")),
        ["NM1*IL*1*QUIGLEY*GRETA*B**JR*MI*M1"],
    ),
    (
        "payer with address",
        changed(payer=replace(PAYER, address=Address("1 PLAZA", "HARTFORD", "CT", "06103"))),
        ["N3*1 PLAZA", "N4*HARTFORD*CT*06103"],
    ),
    (
        "billing provider who is a person with a social security number",
        changed(billing_provider=BillingProvider("FOX", NPI, "123456789", ADDRESS, "", "MAY", "SY")),
        ["NM1*85*1*FOX*MAY****XX*1260181593", "REF*SY*123456789"],
    ),
    (
        "a patient who is not the subscriber",
        changed(patient=Patient(Person("QUIGLEY", "ROSA", birth_date=DAY, sex=Sex.MALE), "19")),
        ["HL*2*1*22*1", "SBR*P********CI", "HL*3*2*23*0", "PAT*19", "NM1*QC*1*QUIGLEY*ROSA", "DMG*D8*20260309*M"],
    ),
    (
        "a line over several days",
        changed(lines=line_with(dates=ServiceDates(DAY, date(2026, 3, 12)))),
        ["DTP*472*RD8*20260309-20260312"],
    ),
    ("minutes", changed(lines=line_with(unit="MJ", units=Decimal(45))), ["SV1*HC:G0463*120.5*MJ*45***1:2"]),
    ("half a unit", changed(lines=line_with(units=Decimal("0.5"))), ["SV1*HC:G0463*120.5*UN*.5***1:2"]),
    ("a line in another place", changed(lines=line_with(place_of_service="22")), ["SV1*HC:G0463*120.5*UN*1*22**1:2"]),
    (
        "four modifiers",
        changed(lines=line_with(modifiers=("25", "GT", "LT", "XS"))),
        ["SV1*HC:G0463:25:GT:LT:XS*120.5*UN*1***1:2"],
    ),
    (
        "a description",
        changed(lines=line_with(description="own words")),
        ["SV1*HC:G0463:::::OWN WORDS*120.5*UN*1***1:2"],
    ),
    (
        "a modifier and a description",
        changed(lines=line_with(modifiers=("25",), description="own words")),
        ["SV1*HC:G0463:25::::OWN WORDS*120.5*UN*1***1:2"],
    ),
    ("a line note", changed(lines=line_with(note="second")), ["NTE*ADD*SECOND"]),
    (
        "a drug",
        changed(lines=line_with(drug=DrugQuantity("00409128331", Decimal("2.50"), "ML"))),
        ["LIN**N4*00409128331", "CTP****2.5*ML"],
    ),
    ("four pointers", changed(diagnoses=CLAIM.diagnoses * 2, lines=line_with(pointers=(4, 3, 2, 1))), [
        "HI*ABK:E119*ABF:I10*ABF:E119*ABF:I10",
        "SV1*HC:G0463*120.5*UN*1***4:3:2:1",
    ]),
    ("one diagnosis", changed(diagnoses=(Code.icd10cm("I10"),), lines=line_with(pointers=(1,))), [
        "HI*ABK:I10",
        "SV1*HC:G0463*120.5*UN*1***1",
    ]),
    ("a free line", changed(total_charge=Money(0), lines=line_with(charge=Money(0))), [
        "CLM*CH0001A*0***11:B:1*Y*A*Y*Y",
        "SV1*HC:G0463*0*UN*1***1:2",
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "segments"), [pytest.param(c, s, id=name) for name, c, s in OPTIONS])
def test_an_optional_part_becomes_exactly_its_segments(claim: ProfessionalClaim, segments: list[str]) -> None:
    assert added(claim) == segments


@pytest.mark.parametrize("claim", [pytest.param(c, id=name) for name, c, _ in OPTIONS])
def test_an_optional_part_comes_back_as_it_was(claim: ProfessionalClaim) -> None:
    body = there_and_back(interchange_of("837", claims_set(claim))).groups[0].sets[0].body
    assert isinstance(body, ProfessionalClaims)
    (read,) = body.claims
    # The wire is in capitals; nothing else changes.
    upper = replace(
        claim,
        note=claim.note.upper(),
        lines=tuple(replace(one, note=one.note.upper(), description=one.description.upper()) for one in claim.lines),
    )
    assert read == upper


@pytest.mark.parametrize("claim", [pytest.param(c, id=name) for name, c, _ in OPTIONS])
def test_the_count_in_se_follows(claim: ProfessionalClaim) -> None:
    lines = written(claim)
    assert lines[-1] == f"SE*{len(lines)}*0001"


def test_the_parts_of_a_claim_stand_in_the_order_of_the_guide() -> None:
    everything = changed(
        onset_date=DAY,
        accident_date=DAY,
        admission_date=DAY,
        discharge_date=DAY,
        patient_paid=Money(1),
        referral_number="R",
        prior_authorization="A",
        original_reference="O",
        clearinghouse_number="C",
        note="N",
        referring_provider=Provider("FOX", NPI, "MAY"),
        service_facility=ServiceFacility("NORTH", ADDRESS, NPI),
        lines=line_with(note="N2", drug=DrugQuantity("1", Decimal(1), "UN")),
    )
    lines = written(everything)
    start = next(index for index, line in enumerate(lines) if line.startswith("CLM*"))
    assert ["*".join(line.split("*")[:2]) for line in lines[start:-1]] == [
        *("CLM*CH0001A", "DTP*431", "DTP*439", "DTP*435", "DTP*096", "AMT*F5"),
        *("REF*9F", "REF*G1", "REF*F8", "REF*D9", "NTE*ADD", "HI*ABK:E119"),
        *("NM1*DN", "NM1*82", "PRV*PE", "NM1*77", "N3*100 MAIN STREET", "N4*AUSTIN"),
        *("LX*1", "SV1*HC:G0463", "DTP*472", "REF*6R", "NTE*ADD", "LIN*", "CTP*"),
    ]


def test_neighbours_under_one_subscriber_share_their_levels() -> None:
    second = replace(CLAIM, patient_control_number="CH0002B")
    lines = written(CLAIM, second)
    assert [line for line in lines if line.startswith("HL*")] == ["HL*1**20*1", "HL*2*1*22*0"]
    assert sum(line.startswith("CLM*") for line in lines) == 2


def test_each_payer_subscriber_and_patient_gets_its_own_level() -> None:
    child = Patient(Person("QUIGLEY", "ROSA"), "19")
    other_child = Patient(Person("QUIGLEY", "NED"), "19")
    claims = (
        CLAIM,
        replace(CLAIM, patient=child),
        replace(CLAIM, patient=other_child),
        replace(CLAIM, payer=Payer("OTHER PLAN", "1")),
        replace(CLAIM, billing_provider=replace(BILLING, npi=OTHER_NPI)),
    )
    numbered = tuple(replace(one, patient_control_number=f"CH{n}") for n, one in enumerate(claims))
    assert [line for line in written(*numbered) if line.startswith("HL*")] == [
        *("HL*1**20*1", "HL*2*1*22*0", "HL*3*1*22*1", "HL*4*3*23*0", "HL*5*3*23*0", "HL*6*1*22*0"),
        *("HL*7**20*1", "HL*8*7*22*0"),
    ]
    body = there_and_back(interchange_of("837", claims_set(*numbered))).groups[0].sets[0].body
    assert isinstance(body, ProfessionalClaims)
    assert body.claims == numbered


def test_lines_are_numbered_from_one_in_each_claim() -> None:
    two = (LINE, replace(LINE, control_number="L2"))
    claim = changed(total_charge=Money(24_100), lines=two)
    lines = written(claim, replace(claim, patient_control_number="CH0002B"))
    assert [line for line in lines if line.startswith("LX*")] == ["LX*1", "LX*2", "LX*1", "LX*2"]


@pytest.mark.parametrize(
    ("submitter", "line"),
    [
        ({"email": ""}, "PER*IC*EDI DESK*TE*5125550100"),
        ({"phone": ""}, "PER*IC*EDI DESK*EM*EDI@EXAMPLE.COM"),
        ({}, "PER*IC*EDI DESK*TE*5125550100*EM*EDI@EXAMPLE.COM"),
    ],
)
def test_the_submitter_is_reached_by_what_there_is(submitter: dict[str, str], line: str) -> None:
    whole = claims_set(CLAIM)
    body = replace(whole, submitter=replace(whole.submitter, **submitter))
    interchange = interchange_of("837", body)
    assert line in write_interchange(interchange).decode().replace("~", "").splitlines()
    assert there_and_back(interchange) == interchange


@pytest.mark.parametrize(("purpose", "kind"), [("00", "CH"), ("18", "CH"), ("00", "RP")])
def test_a_reissue_and_a_report_say_so(purpose: str, kind: str) -> None:
    interchange = interchange_of("837", replace(claims_set(CLAIM), purpose=purpose, kind=kind))
    assert f"BHT*0019*{purpose}*B00000001*20261123*0930*{kind}~" in write_interchange(interchange).decode()
    assert there_and_back(interchange) == interchange
