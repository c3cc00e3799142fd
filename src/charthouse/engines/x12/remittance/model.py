"""The remittance as data (005010X221A1): one 835 set is one check; each docstring names loop and segment.

Amounts are None where the sender's text cannot be read to the cent; `problems` then names the element.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from charthouse.engines.x12.fault import X12Fault
from charthouse.engines.x12.loops import RawSegment
from charthouse.engines.x12.professional.model import Address, Provider
from charthouse.kit import Money, ServiceDates


@dataclass(frozen=True, slots=True)
class BankRoute:
    """BPR05 to BPR15: payment format, and the bank, account and company ids of payer and payee, as text."""

    format: str = ""
    sender_bank_qualifier: str = ""
    sender_bank: str = ""
    sender_account_qualifier: str = ""
    sender_account: str = ""
    originating_company: str = ""
    originating_supplement: str = ""
    receiver_bank_qualifier: str = ""
    receiver_bank: str = ""
    receiver_account_qualifier: str = ""
    receiver_account: str = ""


@dataclass(frozen=True, slots=True)
class RemittancePayer:
    """Loop 1000A: N1*PR, address, REF*2U payer id, PER*BL technical contact (name and phone)."""

    name: str
    address: Address | None = None
    identifier: str = ""
    identifier_qualifier: str = ""
    reference: str = ""
    contact_name: str = ""
    contact_phone: str = ""


@dataclass(frozen=True, slots=True)
class RemittancePayee:
    """Loop 1000B: N1*PE with qualifier XX (NPI), FI or XV, address, REF*TJ tax id."""

    name: str
    identifier: str
    identifier_qualifier: str = "XX"
    address: Address | None = None
    tax_id: str = ""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One triplet of a CAS: group (CO, OA, PI, PR), reason, amount, quantity."""

    group: str
    reason: str
    amount: Money | None
    quantity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class RemittancePatient:
    """Loop 2100 NM1*QC: the patient's name and member id as the payer has them."""

    family_name: str
    given_name: str = ""
    middle_name: str = ""
    member_id: str = ""
    member_id_qualifier: str = ""


@dataclass(frozen=True, slots=True)
class RemittanceLine:
    """Loop 2110: SVC, dates, CAS, REF*6R line control number, AMT*B6 allowed amount, LQ*HE remark codes."""

    procedure: str
    billed: Money | None
    paid: Money | None
    qualifier: str = "HC"
    modifiers: tuple[str, ...] = ()
    revenue_code: str = ""
    units_paid: Decimal | None = None
    procedure_sent: str = ""
    units_billed: Decimal | None = None
    dates: ServiceDates | None = None
    adjustments: tuple[Adjustment, ...] = ()
    control_number: str = ""
    allowed: Money | None = None
    remarks: tuple[str, ...] = ()
    unread: tuple[RawSegment, ...] = ()


@dataclass(frozen=True, slots=True)
class RemittanceClaim:
    """Loop 2100: CLP, claim-level CAS, names, MOA or MIA remark codes, dates, lines.

    `status` is CLP02, `payer_control_number` CLP07, `header` the LX01 the claim stands under.
    """

    patient_control_number: str
    status: str
    billed: Money | None
    paid: Money | None
    patient_responsibility: Money | None = None
    filing_code: str = ""
    payer_control_number: str = ""
    facility_code: str = ""
    frequency: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    patient: RemittancePatient | None = None
    rendering_provider: Provider | None = None
    remarks: tuple[str, ...] = ()
    dates: ServiceDates | None = None
    received_on: date | None = None
    lines: tuple[RemittanceLine, ...] = ()
    header: str = "1"
    unread: tuple[RawSegment, ...] = ()
    problems: tuple[X12Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class ProviderAdjustment:
    """One reason and amount of a PLB, sign as sent; PLB01 is the provider, PLB02 its fiscal year end."""

    provider_id: str
    fiscal_year_end: date | None
    code: str
    amount: Money | None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Remittance:
    """One check: BPR amount, method and date, TRN02 number, TRN03 payer id, payer, payee, claims, PLB."""

    number: str
    originator: str
    amount: Money | None
    paid_on: date | None
    payer: RemittancePayer
    payee: RemittancePayee
    claims: tuple[RemittanceClaim, ...]
    provider_adjustments: tuple[ProviderAdjustment, ...] = ()
    handling: str = "I"
    direction: str = "C"
    method: str = "CHK"
    route: BankRoute = BankRoute()
    receiver_id: str = ""
    produced_on: date | None = None
    unread: tuple[RawSegment, ...] = ()
    problems: tuple[X12Fault, ...] = ()
