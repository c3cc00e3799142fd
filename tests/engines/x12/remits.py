"""Synthetic remittances that balance; the tests spoil them one amount at a time."""

from __future__ import annotations

from datetime import date

from charthouse.engines.x12 import (
    Address,
    Adjustment,
    Remittance,
    RemittanceClaim,
    RemittanceLine,
    RemittancePatient,
    RemittancePayee,
    RemittancePayer,
)
from charthouse.kit import Money, ServiceDates
from tests.engines.x12.examples import NPI

PAYER = RemittancePayer(
    "EXAMPLE HEALTH PLAN",
    Address("1 PAYER PLAZA", "HARTFORD", "CT", "061031234"),
    contact_name="EDI DESK",
    contact_phone="8005550100",
)
PAYEE = RemittancePayee("LAKESIDE MEDICAL GROUP", NPI, tax_id="741234567")


def cas(group: str, reason: str, cents: int) -> Adjustment:
    return Adjustment(group, reason, Money(cents))


def line_of(billed: int, paid: int, *adjustments: Adjustment, control_number: str = "L1") -> RemittanceLine:
    return RemittanceLine(
        procedure="G0463",
        billed=Money(billed),
        paid=Money(paid),
        dates=ServiceDates.on(date(2026, 3, 10)),
        adjustments=adjustments,
        control_number=control_number,
    )


def claim_of(billed: int, paid: int, *lines: RemittanceLine, status: str = "1", **fields: object) -> RemittanceClaim:
    return RemittanceClaim(
        patient_control_number="CH0001A",
        status=status,
        billed=Money(billed),
        paid=Money(paid),
        filing_code="12",
        payer_control_number="ICN1",
        patient=RemittancePatient("QUIGLEY", "GRETA", member_id="MBR000000001", member_id_qualifier="MI"),
        lines=lines,
        **fields,  # type: ignore[arg-type]  # a test names only fields that exist
    )


def remittance_of(*claims: RemittanceClaim, amount: int | None = None) -> Remittance:
    """A check over some claims; its amount is their sum unless another is given."""
    paid = sum(claim.paid.cents for claim in claims if claim.paid)
    return Remittance(
        number="EFT000000001",
        originator="1512345678",
        amount=Money(paid if amount is None else amount),
        paid_on=date(2026, 10, 2),
        payer=PAYER,
        payee=PAYEE,
        claims=claims,
    )


CLAIM_PAID = claim_of(12_050, 9_000, line_of(12_050, 9_000, cas("CO", "45", 2_050), cas("PR", "1", 1_000)))
REMITTANCE = remittance_of(CLAIM_PAID)
