"""Writes an 835 set: one check with its claims, lines, adjustments and provider-level adjustments."""

from __future__ import annotations

from dataclasses import astuple
from datetime import date
from itertools import groupby

from charthouse.engines.x12.professional.model import Address
from charthouse.engines.x12.remittance.model import (
    Adjustment,
    ProviderAdjustment,
    Remittance,
    RemittanceClaim,
    RemittanceLine,
    RemittancePatient,
)
from charthouse.engines.x12.writer import SegmentWriter, Value
from charthouse.kit import ServiceDates

_TRIPLETS = 6


def write_remittance(remittance: Remittance, writer: SegmentWriter) -> None:
    """Write everything between ST and SE of an 835."""
    _write_payment(remittance, writer)
    _write_parties(remittance, writer)
    for header, claims in groupby(remittance.claims, key=lambda claim: claim.header):
        writer.add("LX", header)
        for claim in claims:
            _write_claim(claim, writer)
    for provider_year, adjustments in groupby(remittance.provider_adjustments, key=_provider_year):
        _write_provider_adjustments(list(adjustments), provider_year, writer)


def _write_payment(remittance: Remittance, writer: SegmentWriter) -> None:
    payment = (remittance.handling, remittance.amount, remittance.direction, remittance.method)
    writer.add("BPR", *payment, *astuple(remittance.route), remittance.paid_on)
    writer.add("TRN", "1", remittance.number, remittance.originator)
    writer.add_if(remittance.receiver_id, "REF", "EV", remittance.receiver_id)
    writer.add_if(remittance.produced_on, "DTM", "405", remittance.produced_on)


def _write_parties(remittance: Remittance, writer: SegmentWriter) -> None:
    payer, payee = remittance.payer, remittance.payee
    writer.add("N1", "PR", payer.name, payer.identifier_qualifier, payer.identifier)
    _write_address(payer.address, writer)
    writer.add_if(payer.reference, "REF", "2U", payer.reference)
    phone = ("TE", payer.contact_phone) if payer.contact_phone else ()
    writer.add_if(payer.contact_name or phone, "PER", "BL", payer.contact_name, *phone)
    writer.add("N1", "PE", payee.name, payee.identifier_qualifier, payee.identifier)
    _write_address(payee.address, writer)
    writer.add_if(payee.tax_id, "REF", "TJ", payee.tax_id)


def _write_address(address: Address | None, writer: SegmentWriter) -> None:
    if address:
        writer.add("N3", address.line, address.second_line)
        writer.add("N4", address.city, address.state, address.postal_code)


def _write_claim(claim: RemittanceClaim, writer: SegmentWriter) -> None:
    amounts = (claim.billed, claim.paid, claim.patient_responsibility)
    identity = (claim.filing_code, claim.payer_control_number, claim.facility_code, claim.frequency)
    writer.add("CLP", claim.patient_control_number, claim.status, *amounts, *identity)
    _write_adjustments(claim.adjustments, writer)
    if claim.patient:
        _write_patient(claim.patient, writer)
    if rendering := claim.rendering_provider:
        name = (rendering.name, rendering.given_name, rendering.middle_name, "", "")
        writer.add("NM1", "82", "1" if rendering.given_name else "2", *name, "XX", rendering.npi)
    writer.add_if(claim.remarks, "MOA", "", "", *claim.remarks)
    _write_dates(claim.dates, "232", "233", writer)
    writer.add_if(claim.received_on, "DTM", "050", claim.received_on)
    for line in claim.lines:
        _write_line(line, writer)


def _write_patient(patient: RemittancePatient, writer: SegmentWriter) -> None:
    name = (patient.family_name, patient.given_name, patient.middle_name, "", "")
    writer.add("NM1", "QC", "1", *name, patient.member_id_qualifier, patient.member_id)


def _write_line(line: RemittanceLine, writer: SegmentWriter) -> None:
    service = (line.qualifier, line.procedure, *line.modifiers)
    sent = (line.qualifier, line.procedure_sent) if line.procedure_sent else ""
    writer.add("SVC", service, line.billed, line.paid, line.revenue_code, line.units_paid, sent, line.units_billed)
    if line.dates and line.dates.is_single_day:
        writer.add("DTM", "472", line.dates.start)
    else:
        _write_dates(line.dates, "150", "151", writer)
    _write_adjustments(line.adjustments, writer)
    writer.add_if(line.control_number, "REF", "6R", line.control_number)
    writer.add_if(line.allowed is not None, "AMT", "B6", line.allowed)
    for remark in line.remarks:
        writer.add("LQ", "HE", remark)


def _write_dates(dates: ServiceDates | None, start: str, end: str, writer: SegmentWriter) -> None:
    if dates:
        writer.add("DTM", start, dates.start)
        writer.add("DTM", end, dates.end)


def _write_adjustments(adjustments: tuple[Adjustment, ...], writer: SegmentWriter) -> None:
    """One CAS takes six triplets of one group; neighbours of a group share it."""
    for group, run in groupby(adjustments, key=lambda adjustment: adjustment.group):
        triplets = list(run)
        for start in range(0, len(triplets), _TRIPLETS):
            values: list[Value] = []
            for one in triplets[start : start + _TRIPLETS]:
                values += [one.reason, one.amount, one.quantity]
            writer.add("CAS", group, *values)


def _provider_year(adjustment: ProviderAdjustment) -> tuple[str, date | None]:
    return adjustment.provider_id, adjustment.fiscal_year_end


def _write_provider_adjustments(
    adjustments: list[ProviderAdjustment], provider_year: tuple[str, date | None], writer: SegmentWriter
) -> None:
    for start in range(0, len(adjustments), _TRIPLETS):
        values: list[Value] = []
        for one in adjustments[start : start + _TRIPLETS]:
            values += [(one.code, one.reference), one.amount]
        writer.add("PLB", *provider_year, *values)
