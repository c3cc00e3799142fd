"""A claim stored as data comes back as the same claim."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies

from charthouse.apps.billing import content
from charthouse.engines import x12
from charthouse.kit import Code, CodeSystem, Money, ServiceDates, Sex

TEXT = strategies.text(max_size=20)
DAYS = strategies.dates(date(1900, 1, 1), date(2100, 1, 1))
MONEY = strategies.integers(-(10**12), 10**12).map(Money)
SPANS = strategies.builds(
    lambda day, days: ServiceDates(day, day + timedelta(days=days)), DAYS, strategies.integers(0, 99)
)
QUANTITIES = strategies.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=0, max_value=10**6)
RAW = strategies.lists(strategies.lists(TEXT, max_size=3).map(tuple), max_size=2).map(tuple)
ADDRESSES = strategies.builds(x12.Address, TEXT, TEXT, TEXT, TEXT, TEXT)
PEOPLE = strategies.builds(
    x12.Person,
    family_name=TEXT,
    birth_date=strategies.none() | DAYS,
    sex=strategies.sampled_from(Sex),
    address=strategies.none() | ADDRESSES,
)
DRUGS = strategies.builds(x12.DrugQuantity, TEXT, QUANTITIES, TEXT)
LINES = strategies.builds(
    x12.ClaimLine,
    procedure=TEXT,
    charge=MONEY,
    units=QUANTITIES,
    dates=SPANS,
    control_number=TEXT,
    pointers=strategies.lists(strategies.integers(1, 12), max_size=4).map(tuple),
    modifiers=strategies.lists(TEXT, max_size=4).map(tuple),
    drug=strategies.none() | DRUGS,
    unread=RAW,
)
CODES = strategies.builds(Code, strategies.sampled_from(CodeSystem), TEXT)
PROVIDERS = strategies.none() | strategies.builds(x12.Provider, TEXT, TEXT, TEXT)
CLAIMS = strategies.builds(
    x12.ProfessionalClaim,
    billing_provider=strategies.builds(x12.BillingProvider, TEXT, TEXT, TEXT, ADDRESSES),
    subscriber=strategies.builds(x12.Subscriber, PEOPLE, TEXT),
    payer=strategies.builds(x12.Payer, TEXT, TEXT, strategies.none() | ADDRESSES),
    patient_control_number=TEXT,
    total_charge=MONEY,
    place_of_service=TEXT,
    diagnoses=strategies.lists(CODES, max_size=4).map(tuple),
    lines=strategies.lists(LINES, max_size=3).map(tuple),
    patient=strategies.none() | strategies.builds(x12.Patient, PEOPLE, TEXT),
    admission_date=strategies.none() | DAYS,
    patient_paid=strategies.none() | MONEY,
    rendering_provider=PROVIDERS,
    service_facility=strategies.none() | strategies.builds(x12.ServiceFacility, TEXT, ADDRESSES, TEXT),
    unread=RAW,
)


@given(CLAIMS)
@settings(max_examples=100, deadline=None)
def test_every_claim_comes_back_as_it_was(claim: x12.ProfessionalClaim) -> None:
    stored = json.loads(json.dumps(content.dump(claim)))
    assert content.load(stored) == claim
    assert content.digest(stored) == content.digest(content.dump(claim))


def test_every_field_of_a_claim_is_stored() -> None:
    claim = _small()
    assert set(content.dump(claim)) == {field.name for field in fields(x12.ProfessionalClaim)}


def test_money_is_stored_as_cents_and_quantities_as_text() -> None:
    stored = content.dump(_small())
    assert stored["total_charge"] == 12_345
    assert stored["lines"][0]["units"] == "1.50"
    assert stored["lines"][0]["dates"] == {"start": "2026-11-18", "end": "2026-11-18"}


def test_a_changed_claim_has_another_digest() -> None:
    stored = content.dump(_small())
    before = content.digest(stored)
    stored["total_charge"] += 1
    assert content.digest(stored) != before


@pytest.mark.parametrize("broken", [{"no_such_field": 1}, {"lines": 7}, {"total_charge": "12.00"}])
def test_data_of_another_shape_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError, KeyError)):
        content.load(content.dump(_small()) | broken)


def _small() -> x12.ProfessionalClaim:
    day = ServiceDates.on(date(2026, 11, 18))
    address = x12.Address("1 TEST WAY", "MARLOW", "VT", "050010001")
    return x12.ProfessionalClaim(
        billing_provider=x12.BillingProvider("P", "1", "2", address),
        subscriber=x12.Subscriber(x12.Person("OKAFOR"), "M"),
        payer=x12.Payer("N", "I"),
        patient_control_number="HP26-0000001",
        total_charge=Money(12_345),
        place_of_service="11",
        diagnoses=(Code.icd10cm("R05"),),
        lines=(x12.ClaimLine("G0463", Money(12_345), Decimal("1.50"), day, "C", (1,)),),
    )
