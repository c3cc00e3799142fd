"""Synthetic claims, remittances and interchanges that the tests of this folder start from."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from charthouse.engines.x12 import (
    Address,
    BillingProvider,
    Body,
    ClaimLine,
    Group,
    Interchange,
    PartyId,
    Payer,
    Person,
    ProfessionalClaim,
    ProfessionalClaims,
    Provider,
    ReadInterchange,
    Receiver,
    Submitter,
    Subscriber,
    TransactionSet,
    read_interchanges,
    write_interchange,
)
from charthouse.kit import Code, Money, ServiceDates, Sex

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
NPI = "1260181593"
OTHER_NPI = "1219935180"
ADDRESS = Address("100 MAIN STREET", "AUSTIN", "TX", "787011234")
PAYER = Payer("EXAMPLE HEALTH PLAN", "60054")
BILLING = BillingProvider("LAKESIDE MEDICAL GROUP", NPI, "741234567", ADDRESS, "207Q00000X")
SUBSCRIBER = Subscriber(
    Person("QUIGLEY", "GRETA", birth_date=date(1966, 2, 13), sex=Sex.FEMALE, address=ADDRESS), "MBR000000001"
)
LINE = ClaimLine(
    procedure="G0463",
    charge=Money(12_050),
    units=Decimal(1),
    dates=ServiceDates.on(date(2026, 3, 10)),
    control_number="L1",
    pointers=(1, 2),
)
CLAIM = ProfessionalClaim(
    billing_provider=BILLING,
    subscriber=SUBSCRIBER,
    payer=PAYER,
    patient_control_number="CH0001A",
    total_charge=Money(12_050),
    place_of_service="11",
    diagnoses=(Code.icd10cm("E11.9"), Code.icd10cm("I10")),
    lines=(LINE,),
    rendering_provider=Provider("JARVIS", OTHER_NPI, "ROSA", taxonomy="207Q00000X"),
)
SUBMITTER = Submitter("NORTHWIND BILLING", "SUBMITTER01", "EDI DESK", phone="5125550100", email="EDI@EXAMPLE.COM")
VERSIONS = {
    "837": ("HC", "005010X222A1"),
    "835": ("HP", "005010X221A1"),
    "999": ("FA", "005010X231A1"),
    "277": ("HN", "005010X214"),
}


def claims_set(*claims: ProfessionalClaim) -> ProfessionalClaims:
    return ProfessionalClaims("B00000001", NOW, SUBMITTER, Receiver("EXAMPLE CLEARINGHOUSE", "RECEIVER01"), claims)


def changed(**fields: Any) -> ProfessionalClaim:
    """The example claim with some fields changed."""
    return replace(CLAIM, **fields)


def interchange_of(kind: str, *bodies: Body, **fields: Any) -> Interchange:
    """One interchange with one group that holds the bodies as sets 0001, 0002, ..."""
    functional_id, version = VERSIONS[kind]
    sets = tuple(TransactionSet(kind, f"{n:04d}", body) for n, body in enumerate(bodies, start=1))
    group = Group(functional_id, "SUBMITTER01", "RECEIVER01", 101, version, sets)
    whole = Interchange(PartyId("ZZ", "SUBMITTER01"), PartyId("ZZ", "RECEIVER01"), 101, NOW, "T", (group,))
    return replace(whole, **fields)


def read_one(data: bytes) -> ReadInterchange:
    (read,) = read_interchanges(data)
    return read


def there_and_back(interchange: Interchange) -> Interchange:
    """Write it, read it, insist on no fault, give what was read."""
    read = read_one(write_interchange(interchange))
    assert read.faults == ()
    return read.interchange
