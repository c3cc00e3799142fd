"""The professional claim as data (005010X222A1); each docstring names the loop and segment a field is written to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from charthouse.engines.x12.loops import RawSegment
from charthouse.kit import Code, Money, ServiceDates, Sex


@dataclass(frozen=True, slots=True)
class Address:
    """N3 and N4: one or two lines, city, state, ZIP of 5 or 9 digits without a hyphen."""

    line: str
    city: str
    state: str
    postal_code: str
    second_line: str = ""


@dataclass(frozen=True, slots=True)
class Submitter:
    """Loop 1000A: who sends (NM1*41) and whom to call (PER*IC); `phone` or `email` is required."""

    name: str
    identifier: str
    contact_name: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Loop 1000B: who receives the file (NM1*40)."""

    name: str
    identifier: str


@dataclass(frozen=True, slots=True)
class BillingProvider:
    """Loop 2000A and 2010AA: PRV*BI taxonomy, NM1*85, address, REF*EI (or SY). A given name makes it a person."""

    name: str
    npi: str
    tax_id: str
    address: Address
    taxonomy: str = ""
    given_name: str = ""
    tax_id_kind: str = "EI"


@dataclass(frozen=True, slots=True)
class Person:
    """A name, an address and DMG: who a subscriber (NM1*IL) or patient (NM1*QC) is."""

    family_name: str
    given_name: str = ""
    middle_name: str = ""
    suffix: str = ""
    birth_date: date | None = None
    sex: Sex = Sex.UNKNOWN
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Loop 2000B and 2010BA: SBR01 payer responsibility (P, S, T), SBR03 group, SBR09 filing code, NM109 member id."""

    person: Person
    member_id: str
    responsibility: str = "P"
    group_number: str = ""
    group_name: str = ""
    filing_code: str = "CI"


@dataclass(frozen=True, slots=True)
class Patient:
    """Loop 2000C and 2010CA, only when the patient is not the subscriber; PAT01 relationship (01, 19, 20, 21, ...)."""

    person: Person
    relationship: str


@dataclass(frozen=True, slots=True)
class Payer:
    """Loop 2010BB: NM1*PR with the payer id (PI)."""

    name: str
    identifier: str
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Provider:
    """Loop 2310A referring (DN) or 2310B rendering (82) provider; without a given name it is an organisation."""

    name: str
    npi: str = ""
    given_name: str = ""
    middle_name: str = ""
    taxonomy: str = ""


@dataclass(frozen=True, slots=True)
class ServiceFacility:
    """Loop 2310C: where the service was given when it is not the billing provider's address (NM1*77)."""

    name: str
    address: Address
    npi: str = ""


@dataclass(frozen=True, slots=True)
class DrugQuantity:
    """Loop 2410: LIN03 NDC in 11 digits, CTP04 quantity, CTP05 unit (F2, GR, ME, ML, UN)."""

    ndc: str
    quantity: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """Loop 2400: SV1, DTP*472, REF*6R, NTE. `pointers` are 1-based positions among the claim's diagnoses.

    `unit` is UN (units) or MJ (minutes); `place_of_service` only where it differs from the claim's.
    """

    procedure: str
    charge: Money
    units: Decimal
    dates: ServiceDates
    control_number: str
    pointers: tuple[int, ...]
    modifiers: tuple[str, ...] = ()
    unit: str = "UN"
    place_of_service: str = ""
    description: str = ""
    note: str = ""
    drug: DrugQuantity | None = None
    unread: tuple[RawSegment, ...] = ()


@dataclass(frozen=True, slots=True)
class ProfessionalClaim:
    """Loop 2300 with the parties it is written under.

    `patient_control_number` is CLM01 (at most 20 characters, no patient id in it). `frequency` is 1 original,
    7 replacement, 8 void; 7 and 8 need `original_reference` (REF*F8). The first diagnosis is the principal one
    (ABK), the others ABF. `unread` holds segments a reader met and this model has no field for; never written.
    """

    billing_provider: BillingProvider
    subscriber: Subscriber
    payer: Payer
    patient_control_number: str
    total_charge: Money
    place_of_service: str
    diagnoses: tuple[Code, ...]
    lines: tuple[ClaimLine, ...]
    patient: Patient | None = None
    frequency: str = "1"
    provider_signature: str = "Y"
    assignment: str = "A"
    benefits_assigned: str = "Y"
    release: str = "Y"
    accident_causes: tuple[str, ...] = ()
    accident_state: str = ""
    onset_date: date | None = None
    accident_date: date | None = None
    admission_date: date | None = None
    discharge_date: date | None = None
    patient_paid: Money | None = None
    original_reference: str = ""
    prior_authorization: str = ""
    referral_number: str = ""
    clearinghouse_number: str = ""
    note: str = ""
    referring_provider: Provider | None = None
    rendering_provider: Provider | None = None
    service_facility: ServiceFacility | None = None
    unread: tuple[RawSegment, ...] = ()


@dataclass(frozen=True, slots=True)
class ProfessionalClaims:
    """One 837P set: BHT (reference BHT03, created BHT04 and BHT05 in UTC), submitter, receiver and claims.

    `purpose` is BHT02 (00 original, 18 reissue), `kind` BHT06 (CH chargeable, RP reporting).
    """

    reference: str
    created_at: datetime
    submitter: Submitter
    receiver: Receiver
    claims: tuple[ProfessionalClaim, ...]
    purpose: str = "00"
    kind: str = "CH"
