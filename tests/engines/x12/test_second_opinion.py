"""pyx12, an independent validator, has no objection to any kind of set we write."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from charthouse.engines.x12 import (
    BankRoute,
    Body,
    DrugQuantity,
    Patient,
    Person,
    ProfessionalClaim,
    Provider,
    ServiceFacility,
    write_interchange,
)
from charthouse.kit import Code, Money, ServiceDates, Sex
from tests.engines.x12.acks import ACK_277CA, ACK_999
from tests.engines.x12.examples import ADDRESS, CLAIM, LINE, OTHER_NPI, changed, claims_set, interchange_of
from tests.engines.x12.oracle import pyx12_objections
from tests.engines.x12.remits import CLAIM_PAID, REMITTANCE, cas, claim_of, line_of, remittance_of
from tests.engines.x12.strategies import claims

CHILD = Patient(Person("QUIGLEY", "ROSA", birth_date=date(2010, 2, 13), sex=Sex.FEMALE, address=ADDRESS), "19")
FULL_LINE = replace(
    LINE,
    modifiers=("25", "59", "GT", "XS"),
    units=Decimal("1.5"),
    unit="MJ",
    place_of_service="22",
    dates=ServiceDates(date(2026, 3, 1), date(2026, 3, 31)),
    note="SECOND SESSION",
    drug=DrugQuantity("00409128331", Decimal("2.5"), "ML"),
)
TWELVE = tuple(
    Code.icd10cm(c)
    for c in ["E119", "I10", "J069", "M5450", "N390", "R059", "Z0000", "K219", "F411", "E785", "E1122", "I509"]
)
FULL = changed(
    patient=CHILD,
    diagnoses=TWELVE,
    lines=(FULL_LINE, LINE),
    total_charge=Money(24_100),
    frequency="7",
    original_reference="ICN1",
    prior_authorization="AUTH1",
    referral_number="REF1",
    clearinghouse_number="D9",
    accident_causes=("AA",),
    accident_state="TX",
    accident_date=date(2026, 3, 1),
    onset_date=date(2026, 3, 1),
    admission_date=date(2026, 3, 1),
    discharge_date=date(2026, 3, 31),
    patient_paid=Money(500),
    note="CORRECTED DIAGNOSIS",
    referring_provider=Provider("OWENS", OTHER_NPI, "NOAH"),
    service_facility=ServiceFacility("LAKESIDE HOSPITAL", ADDRESS, OTHER_NPI),
)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        pytest.param("837", claims_set(CLAIM), id="plain claim"),
        pytest.param("837", claims_set(CLAIM, FULL, CLAIM), id="claim with everything"),
        pytest.param("835", REMITTANCE, id="remittance"),
        pytest.param("999", ACK_999, id="999"),
        pytest.param("277", ACK_277CA, id="277CA"),
    ],
)
def test_pyx12_accepts_what_we_write(kind: str, body: Body) -> None:
    assert pyx12_objections(write_interchange(interchange_of(kind, body))) == []


def test_pyx12_accepts_a_remittance_with_everything() -> None:
    route = BankRoute(
        "CCP", "01", "021000021", "DA", "123456789", "1512345678", "", "01", "111000025", "DA", "987654321"
    )
    denied = claim_of(5_000, 0, line_of(5_000, 0, cas("CO", "97", 5_000)), status="4")
    reversal = claim_of(-100, -80, line_of(-100, -80, cas("CO", "45", -20)), status="22")
    body = replace(
        remittance_of(replace(CLAIM_PAID, remarks=("MA01",)), denied, reversal),
        method="ACH",
        route=route,
        receiver_id="RECEIVER01",
        produced_on=date(2026, 10, 1),
    )
    assert pyx12_objections(write_interchange(interchange_of("835", body))) == []


# pyx12 is slow: few examples, and no shrinking of a failure.
@settings(max_examples=12, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(claims(), min_size=1, max_size=3))
def test_pyx12_accepts_any_claims_we_write(some: list[ProfessionalClaim]) -> None:
    assert pyx12_objections(write_interchange(interchange_of("837", claims_set(*some)))) == []


def test_pyx12_does_object_to_a_spoiled_claim() -> None:
    data = write_interchange(interchange_of("837", claims_set(CLAIM)))
    assert pyx12_objections(data.replace(b"DTP*472*D8*20260310", b"DTP*472*D8*20260231"))
