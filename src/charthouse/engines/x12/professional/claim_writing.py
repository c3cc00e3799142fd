"""Writes one professional claim: loop 2300, its providers (2310) and its lines (2400, 2410)."""

from __future__ import annotations

from collections.abc import Sized

from charthouse.engines.x12.professional.model import (
    Address,
    ClaimLine,
    ProfessionalClaim,
    Provider,
    ServiceFacility,
)
from charthouse.engines.x12.writer import SegmentWriter, period
from charthouse.kit import Refusal, Refused

MOST_DIAGNOSES = 12
MOST_LINES = 50
MOST_POINTERS = 4
MOST_MODIFIERS = 4
MOST_CAUSES = 3


def write_claim(claim: ProfessionalClaim, writer: SegmentWriter) -> None:
    """Write a claim; Refused where X12 has no room for what it holds."""
    _refuse_what_does_not_fit(claim)
    _write_claim_head(claim, writer)
    _write_provider("DN", claim.referring_provider, writer)
    _write_provider("82", claim.rendering_provider, writer)
    _write_facility(claim.service_facility, writer)
    for number, line in enumerate(claim.lines, start=1):
        _write_line(number, line, writer)


def write_address(address: Address, writer: SegmentWriter) -> None:
    """N3 and N4."""
    writer.add("N3", address.line, address.second_line)
    writer.add("N4", address.city, address.state, address.postal_code)


def _write_claim_head(claim: ProfessionalClaim, writer: SegmentWriter) -> None:
    place = (claim.place_of_service, "B", claim.frequency)
    marks = (claim.provider_signature, claim.assignment, claim.benefits_assigned, claim.release)
    blanks = [""] * (MOST_CAUSES - len(claim.accident_causes))
    causes = (*claim.accident_causes, *blanks, claim.accident_state)
    writer.add("CLM", claim.patient_control_number, claim.total_charge, "", "", place, *marks, "", causes)
    # An admission is written as a day: its hour belongs to institutional claims.
    dates = (("431", claim.onset_date), ("439", claim.accident_date), ("435", claim.admission_date))
    for qualifier, day in (*dates, ("096", claim.discharge_date)):
        writer.add_if(day, "DTP", qualifier, "D8", day)
    writer.add_if(claim.patient_paid is not None, "AMT", "F5", claim.patient_paid)
    references = (("9F", claim.referral_number), ("G1", claim.prior_authorization), ("F8", claim.original_reference))
    for qualifier, reference in (*references, ("D9", claim.clearinghouse_number)):
        writer.add_if(reference, "REF", qualifier, reference)
    writer.add_if(claim.note, "NTE", "ADD", claim.note)
    codes = [("ABK" if n == 0 else "ABF", code.value) for n, code in enumerate(claim.diagnoses)]
    writer.add_if(codes, "HI", *codes)


def _write_provider(qualifier: str, provider: Provider | None, writer: SegmentWriter) -> None:
    if provider is None:
        return
    kind = "1" if provider.given_name else "2"
    name = (provider.name, provider.given_name, provider.middle_name, "", "")
    writer.add("NM1", qualifier, kind, *name, "XX" if provider.npi else "", provider.npi)
    writer.add_if(provider.taxonomy and qualifier == "82", "PRV", "PE", "PXC", provider.taxonomy)


def _write_facility(facility: ServiceFacility | None, writer: SegmentWriter) -> None:
    if facility is None:
        return
    writer.add("NM1", "77", "2", facility.name, "", "", "", "", "XX" if facility.npi else "", facility.npi)
    write_address(facility.address, writer)


def _write_line(number: int, line: ClaimLine, writer: SegmentWriter) -> None:
    writer.add("LX", number)
    blanks = [""] * (MOST_MODIFIERS - len(line.modifiers)) if line.description else []
    service = ("HC", line.procedure, *line.modifiers, *blanks, line.description)
    writer.add("SV1", service, line.charge, line.unit, line.units, line.place_of_service, "", tuple(line.pointers))
    writer.add("DTP", "472", *period(line.dates))
    writer.add("REF", "6R", line.control_number)
    writer.add_if(line.note, "NTE", "ADD", line.note)
    if line.drug:
        writer.add("LIN", "", "N4", line.drug.ndc)
        writer.add("CTP", "", "", "", line.drug.quantity, (line.drug.unit,))


def _refuse_what_does_not_fit(claim: ProfessionalClaim) -> None:
    second_claim = "Make a second claim for the rest."
    _at_most(MOST_DIAGNOSES, claim.diagnoses, "HI", "diagnoses", second_claim)
    _at_most(MOST_LINES, claim.lines, "LX", "lines", second_claim)
    _at_most(MOST_CAUSES, claim.accident_causes, "CLM11", "accident causes")
    for line in claim.lines:
        _at_most(MOST_MODIFIERS, line.modifiers, "SV101", "modifiers")
        _at_most(MOST_POINTERS, line.pointers, "SV107", "diagnosis pointers")
        if not line.control_number:
            raise Refused(Refusal("REF02", "REF*6R", "x12.837p.line-control", "Every line needs its control number."))


def _at_most(most: int, things: Sized, field: str, what: str, mend: str = "") -> None:
    if len(things) > most:
        message = f"There are {len(things)} {what}; a professional claim takes {most}."
        raise Refused(Refusal(field, "", f"x12.837p.{what.replace(' ', '-')}", message, mend))
