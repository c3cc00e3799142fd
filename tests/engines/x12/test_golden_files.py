"""Whole files as they leave us, letter by letter: a change in what payers receive shows up here first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from charthouse.engines.x12 import (
    Body,
    DrugQuantity,
    InterchangeAck,
    Patient,
    Person,
    Provider,
    ServiceFacility,
    write_interchange,
)
from charthouse.kit import Money, ServiceDates, Sex
from tests.engines.x12.acks import ACK_277CA, ACK_999
from tests.engines.x12.examples import ADDRESS, CLAIM, LINE, NOW, OTHER_NPI, changed, claims_set, interchange_of
from tests.engines.x12.remits import REMITTANCE

DEPENDANT_CLAIM = changed(
    patient=Patient(Person("QUIGLEY", "ROSA", birth_date=date(2010, 2, 13), sex=Sex.FEMALE, address=ADDRESS), "19"),
    patient_control_number="CH0002B",
    place_of_service="21",
    frequency="7",
    accident_causes=("AA",),
    accident_state="TX",
    accident_date=date(2026, 3, 1),
    admission_date=date(2026, 3, 2),
    discharge_date=date(2026, 3, 31),
    patient_paid=Money(500),
    prior_authorization="AUTH1",
    original_reference="ICN1",
    note="Corrected diagnosis",
    referring_provider=Provider("Muñoz", OTHER_NPI, "Noé"),
    service_facility=ServiceFacility("Lakeside Hospital", ADDRESS, OTHER_NPI),
    lines=(
        replace(
            LINE,
            modifiers=("25",),
            unit="MJ",
            units=Decimal("45"),
            place_of_service="22",
            dates=ServiceDates(date(2026, 3, 2), date(2026, 3, 5)),
            note="second session",
            drug=DrugQuantity("00409128331", Decimal("2.5"), "ML"),
        ),
    ),
)


def _body_of(kind: str, body: Body) -> list[str]:
    """The segments between GS and GE."""
    text = write_interchange(interchange_of(kind, body)).decode("ascii")
    return text.replace("~", "").splitlines()[2:-2]


def test_the_envelope_of_every_file() -> None:
    text = write_interchange(interchange_of("999", ACK_999)).decode("ascii")
    lines = text.splitlines()
    assert lines[0] == (
        "ISA*00*          *00*          *ZZ*SUBMITTER01    *ZZ*RECEIVER01     *261123*0930*^*00501*000000101*0*T*:~"
    )
    assert len(lines[0]) == 106
    assert lines[1] == "GS*FA*SUBMITTER01*RECEIVER01*20261123*0930*101*X*005010X231A1~"
    assert lines[-2:] == ["GE*1*101~", "IEA*1*000000101~"]


def test_a_production_file_that_asks_for_a_ta1_says_so_in_its_isa() -> None:
    whole = interchange_of("837", claims_set(CLAIM), usage="P", acknowledgement_requested=True)
    assert write_interchange(whole).decode("ascii").splitlines()[0].endswith("*000000101*1*P*:~")


def test_a_plain_claim() -> None:
    assert _body_of("837", claims_set(CLAIM)) == [
        "ST*837*0001*005010X222A1",
        "BHT*0019*00*B00000001*20261123*0930*CH",
        "NM1*41*2*NORTHWIND BILLING*****46*SUBMITTER01",
        "PER*IC*EDI DESK*TE*5125550100*EM*EDI@EXAMPLE.COM",
        "NM1*40*2*EXAMPLE CLEARINGHOUSE*****46*RECEIVER01",
        "HL*1**20*1",
        "PRV*BI*PXC*207Q00000X",
        "NM1*85*2*LAKESIDE MEDICAL GROUP*****XX*1260181593",
        "N3*100 MAIN STREET",
        "N4*AUSTIN*TX*787011234",
        "REF*EI*741234567",
        "HL*2*1*22*0",
        "SBR*P*18*******CI",
        "NM1*IL*1*QUIGLEY*GRETA****MI*MBR000000001",
        "N3*100 MAIN STREET",
        "N4*AUSTIN*TX*787011234",
        "DMG*D8*19660213*F",
        "NM1*PR*2*EXAMPLE HEALTH PLAN*****PI*60054",
        "CLM*CH0001A*120.5***11:B:1*Y*A*Y*Y",
        "HI*ABK:E119*ABF:I10",
        "NM1*82*1*JARVIS*ROSA****XX*1219935180",
        "PRV*PE*PXC*207Q00000X",
        "LX*1",
        "SV1*HC:G0463*120.5*UN*1***1:2",
        "DTP*472*D8*20260310",
        "REF*6R*L1",
        "SE*27*0001",
    ]


def test_a_corrected_claim_for_a_dependant_with_everything() -> None:
    lines = _body_of("837", claims_set(DEPENDANT_CLAIM))
    assert lines[11:] == [
        "HL*2*1*22*1",
        "SBR*P********CI",
        "NM1*IL*1*QUIGLEY*GRETA****MI*MBR000000001",
        "N3*100 MAIN STREET",
        "N4*AUSTIN*TX*787011234",
        "DMG*D8*19660213*F",
        "NM1*PR*2*EXAMPLE HEALTH PLAN*****PI*60054",
        "HL*3*2*23*0",
        "PAT*19",
        "NM1*QC*1*QUIGLEY*ROSA",
        "N3*100 MAIN STREET",
        "N4*AUSTIN*TX*787011234",
        "DMG*D8*20100213*F",
        "CLM*CH0002B*120.5***21:B:7*Y*A*Y*Y**AA:::TX",
        "DTP*439*D8*20260301",
        "DTP*435*D8*20260302",
        "DTP*096*D8*20260331",
        "AMT*F5*5",
        "REF*G1*AUTH1",
        "REF*F8*ICN1",
        "NTE*ADD*CORRECTED DIAGNOSIS",
        "HI*ABK:E119*ABF:I10",
        "NM1*DN*1*MUNOZ*NOE****XX*1219935180",
        "NM1*82*1*JARVIS*ROSA****XX*1219935180",
        "PRV*PE*PXC*207Q00000X",
        "NM1*77*2*LAKESIDE HOSPITAL*****XX*1219935180",
        "N3*100 MAIN STREET",
        "N4*AUSTIN*TX*787011234",
        "LX*1",
        "SV1*HC:G0463:25*120.5*MJ*45*22**1:2",
        "DTP*472*RD8*20260302-20260305",
        "REF*6R*L1",
        "NTE*ADD*SECOND SESSION",
        "LIN**N4*00409128331",
        "CTP****2.5*ML",
        "SE*47*0001",
    ]


def test_a_remittance() -> None:
    assert _body_of("835", REMITTANCE) == [
        "ST*835*0001",
        "BPR*I*90*C*CHK************20261002",
        "TRN*1*EFT000000001*1512345678",
        "N1*PR*EXAMPLE HEALTH PLAN",
        "N3*1 PAYER PLAZA",
        "N4*HARTFORD*CT*061031234",
        "PER*BL*EDI DESK*TE*8005550100",
        "N1*PE*LAKESIDE MEDICAL GROUP*XX*1260181593",
        "REF*TJ*741234567",
        "LX*1",
        "CLP*CH0001A*1*120.5*90**12*ICN1",
        "NM1*QC*1*QUIGLEY*GRETA****MI*MBR000000001",
        "SVC*HC:G0463*120.5*90",
        "DTM*472*20260310",
        "CAS*CO*45*20.5",
        "CAS*PR*1*10",
        "REF*6R*L1",
        "SE*18*0001",
    ]


def test_a_999() -> None:
    assert _body_of("999", ACK_999) == [
        "ST*999*0001*005010X231A1",
        "AK1*HC*101*005010X222A1",
        "AK2*837*0001*005010X222A1",
        "IK5*A",
        "AK2*837*0002*005010X222A1",
        "IK3*CLM*27*2300*8",
        "CTX*CLM01:CH0001A",
        "IK4*5:1*1331*7*00",
        "IK5*R*5",
        "AK9*P*2*2*1",
        "SE*11*0001",
    ]


def test_a_277ca() -> None:
    assert _body_of("277", ACK_277CA) == [
        "ST*277*0001*005010X214",
        "BHT*0085*08*R1*20261123*0930*TH",
        "HL*1**20*1",
        "NM1*PR*2*EXAMPLE HEALTH PLAN*****PI*60054",
        "TRN*1*1",
        "DTP*050*D8*20261123",
        "DTP*009*D8*20261123",
        "HL*2*1*21*1",
        "NM1*41*2*NORTHWIND BILLING*****46*SUBMITTER01",
        "TRN*2*B00000001",
        "STC*A1:20:PR*20261123*WQ*125.5",
        "HL*3*2*19*1",
        "NM1*85*2*LAKESIDE MEDICAL GROUP*****XX*1260181593",
        "TRN*1*T1",
        "STC*A1:19:PR**WQ*125.5",
        "HL*4*3*PT",
        "NM1*QC*1*QUIGLEY*GRETA****MI*MBR000000001",
        "TRN*2*CH0001A",
        "STC*A2:20:PR*20261123*WQ*120.5",
        "REF*1K*ICN1",
        "DTP*472*D8*20260310",
        "HL*5*3*PT",
        "NM1*QC*1*OWENS*NOAH****MI*MBR000000002",
        "TRN*2*CH0002B",
        "STC*A7:562:85*20261123*U*5",
        "STC*A7:21:85*20261123*U*5",
        "REF*D9*731",
        "DTP*472*RD8*20260301-20260331",
        "SE*29*0001",
    ]


def test_a_ta1_alone() -> None:
    ack = InterchangeAck("000000101", NOW, "A")
    whole = replace(interchange_of("999"), groups=(), interchange_acknowledgements=(ack,))
    lines = write_interchange(whole).decode("ascii").splitlines()
    assert lines[1:] == ["TA1*000000101*261123*0930*A*000~", "IEA*0*000000101~"]
