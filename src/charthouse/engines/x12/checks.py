"""Checks on our own 837P claim before it is sent: each finding stops the claim and names loop and segment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from charthouse.engines.x12.professional.claim_writing import MOST_DIAGNOSES, MOST_LINES, MOST_POINTERS
from charthouse.engines.x12.professional.model import Address, ClaimLine, ProfessionalClaim, Provider
from charthouse.kit import Finding, Money, Severity

LONGEST_CLAIM_NUMBER = 20
_GUIDE = "005010X222A1"
_NPI_ISSUER = "80840"
_DIGITS_10 = re.compile(r"\d{10}", re.ASCII)
_ZIP_9 = re.compile(r"\d{9}", re.ASCII)
_STATE = re.compile(r"[A-Z]{2}", re.ASCII)
_INPATIENT = "21"


def check_claim(claim: ProfessionalClaim) -> list[Finding]:
    """Everything that would make a payer or clearinghouse refuse the claim, in the order of the claim."""
    return [
        *_check_billing_provider(claim),
        *_check_subscriber_and_payer(claim),
        *_check_claim_head(claim),
        *_check_providers(claim),
        *_check_diagnoses(claim),
        *_check_lines(claim),
    ]


def has_npi_shape(npi: str) -> bool:
    """Whether ten digits carry the right check digit (Luhn over the issuer prefix 80840)."""
    if not _DIGITS_10.fullmatch(npi):
        return False
    digits = [int(digit) for digit in reversed(_NPI_ISSUER + npi)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _check_billing_provider(claim: ProfessionalClaim) -> Iterator[Finding]:
    provider = claim.billing_provider
    if not has_npi_shape(provider.npi):
        yield _npi_finding("billing-npi", "billing provider", "loop 2010AA NM109", provider.npi)
    if not _ZIP_9.fullmatch(provider.address.postal_code):
        message = "The billing provider's ZIP code must have nine digits."
        yield _finding("billing-zip", message, "loop 2010AA N403", "billing_provider", provider.address.postal_code)
    if not provider.tax_id:
        yield _finding("billing-tax-id", "The billing provider has no tax id.", "loop 2010AA REF02", "billing_provider")
    for where, address in _addresses(claim):
        if not _STATE.fullmatch(address.state):
            message = "The state must be two capital letters."
            yield _finding("state", message, f"{where} N402", where, address.state)


def _addresses(claim: ProfessionalClaim) -> Iterator[tuple[str, Address]]:
    yield "loop 2010AA", claim.billing_provider.address
    if claim.subscriber.person.address:
        yield "loop 2010BA", claim.subscriber.person.address
    if claim.payer.address:
        yield "loop 2010BB", claim.payer.address
    if claim.patient and claim.patient.person.address:
        yield "loop 2010CA", claim.patient.person.address
    if claim.service_facility:
        yield "loop 2310C", claim.service_facility.address


def _check_subscriber_and_payer(claim: ProfessionalClaim) -> Iterator[Finding]:
    if not claim.subscriber.member_id:
        yield _finding("member-id", "The subscriber has no member id.", "loop 2010BA NM109", "subscriber")
    if not claim.payer.name or not claim.payer.identifier:
        message = "The payer's name and payer id are both needed."
        yield _finding("payer", message, "loop 2010BB NM103, NM109", "payer", claim.payer.identifier)


def _check_claim_head(claim: ProfessionalClaim) -> Iterator[Finding]:
    number = claim.patient_control_number
    if not 0 < len(number) <= LONGEST_CLAIM_NUMBER:
        message = f"The claim number must have 1 to {LONGEST_CLAIM_NUMBER} characters; it has {len(number)}."
        yield _finding("claim-number", message, "loop 2300 CLM01", "claim", number)
    total = Money.total(line.charge for line in claim.lines)
    if claim.total_charge != total:
        message = f"The total charge is {claim.total_charge} and the lines add up to {total}."
        yield _finding("total-charge", message, "loop 2300 CLM02", "claim", str(claim.total_charge))
    if claim.place_of_service == _INPATIENT and claim.admission_date is None:
        message = "Place of service 21 needs the admission date."
        yield _finding("admission-date", message, "loop 2300 DTP*435", "claim")
    if claim.frequency in {"7", "8"} and not claim.original_reference:
        message = "A replacement or void needs the payer's number of the original claim."
        yield _finding("original-reference", message, "loop 2300 REF*F8", "claim")


def _check_providers(claim: ProfessionalClaim) -> Iterator[Finding]:
    named: tuple[tuple[str, str, Provider | None], ...] = (
        ("referring", "loop 2310A NM109", claim.referring_provider),
        ("rendering", "loop 2310B NM109", claim.rendering_provider),
    )
    for role, segment, provider in named:
        if provider and not has_npi_shape(provider.npi):
            yield _npi_finding(f"{role}-npi", f"{role} provider", segment, provider.npi)


def _check_diagnoses(claim: ProfessionalClaim) -> Iterator[Finding]:
    count = len(claim.diagnoses)
    if not count:
        yield _finding("no-diagnosis", "The claim has no diagnosis.", "loop 2300 HI", "claim")
    if count > MOST_DIAGNOSES:
        message = f"The claim has {count} diagnoses; it takes {MOST_DIAGNOSES}."
        yield _finding("diagnoses", message, "loop 2300 HI", f"dx:{MOST_DIAGNOSES + 1}", str(count))


def _check_lines(claim: ProfessionalClaim) -> Iterator[Finding]:
    count = len(claim.lines)
    if not count:
        yield _finding("no-line", "The claim has no line.", "loop 2400 LX", "claim")
    if count > MOST_LINES:
        message = f"The claim has {count} lines; it takes {MOST_LINES}."
        yield _finding("lines", message, "loop 2400 LX", f"line:{MOST_LINES + 1}", str(count))
    for number, line in enumerate(claim.lines, start=1):
        yield from _check_pointers(number, line, len(claim.diagnoses))


def _check_pointers(number: int, line: ClaimLine, diagnoses: int) -> Iterator[Finding]:
    where, segment = f"line:{number}", "loop 2400 SV107"
    if not line.pointers:
        yield _finding("no-pointer", f"Line {number} points to no diagnosis.", segment, where)
    if len(line.pointers) > MOST_POINTERS:
        message = f"Line {number} points to {len(line.pointers)} diagnoses; it takes {MOST_POINTERS}."
        yield _finding("pointers", message, segment, where, str(len(line.pointers)))
    for pointer in line.pointers:
        if not 1 <= pointer <= diagnoses:
            message = f"Line {number} points to diagnosis {pointer}, which the claim does not have."
            yield _finding("pointer", message, segment, where, str(pointer))


def _npi_finding(rule: str, whose: str, segment: str, npi: str) -> Finding:
    what = "has no NPI" if not npi else "has an NPI whose check digit is wrong"
    return _finding(rule, f"The {whose} {what}.", segment, whose.replace(" ", "_"), npi)


def _finding(rule: str, message: str, segment: str, where: str, value: str = "") -> Finding:
    return Finding(f"x12.837p.{rule}", Severity.FATAL, message, f"{_GUIDE}, {segment}", where, value)
