"""Everything that keeps a claim from being sent: what is missing, what the guide refuses, what cannot be written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from charthouse.apps.billing.building import Sources
from charthouse.apps.billing.interchanges import Envelope, written
from charthouse.apps.exchange.control_numbers import ControlNumbers
from charthouse.engines import x12
from charthouse.kit import Finding, Mend, Refused, Severity

_ANY_TIME = datetime(2026, 1, 1, tzinfo=UTC)


def check(sources: Sources, claim: x12.ProfessionalClaim) -> list[Finding]:
    """Findings on a claim. The guide's checks run once nothing is missing, so that one gap is told once."""
    missing = [*_missing_parties(sources), *_missing_of_patient(sources), *_provider_faults(sources)]
    if missing or not sources.profile or not sources.payer:
        return missing
    found = x12.check_claim(claim)
    return found or _unwritable(Envelope.of(sources.profile, sources.payer), claim)


def _unwritable(envelope: Envelope, claim: x12.ProfessionalClaim) -> list[Finding]:
    """Write the claim for trial: a letter without a spelling or a text too long is a finding now, not an error then."""
    try:
        written(envelope, [claim], ControlNumbers(0, 1, 1, 1), _ANY_TIME)
    except Refused as refused:
        refusal = refused.refusal
        return [_finding(refusal.rule, f"{refusal.message} {refusal.mend}".strip(), refusal.source, "claim")]
    return []


def _missing_parties(sources: Sources) -> Iterator[Finding]:
    if sources.profile is None:
        message = "The organization has no billing profile: name, NPI, tax id and address of the billing provider."
        yield _finding("billing.no-billing-profile", message, "loop 2010AA", "billing_provider", "billing-profile")
    if sources.payer is None:
        told = sources.coverage.payer_name if sources.coverage else ""
        message = f"“{told}” is not one of the payers set up." if told else "The patient has no insurance coverage."
        yield _finding("billing.no-payer", message, "loop 2010BB", "payer", "payers")
    elif sources.coverage and not sources.coverage.member_id.strip():
        yield _finding("billing.no-member-id", "The coverage has no member id.", "loop 2010BA NM109", "subscriber")
    if sources.facility is None:
        message = "The encounter names no facility that is set up, so the place of service is not known."
        yield _finding("billing.no-facility", message, "loop 2300 CLM05", "claim", "facilities")


def _missing_of_patient(sources: Sources) -> Iterator[Finding]:
    patient = sources.encounter.patient
    address = patient.address
    if not patient.birth_date:
        message = "The patient's birth date is not known."
        yield _finding("billing.no-birth-date", message, "loop 2010BA DMG02", "patient")
    if not all(address.get(part) for part in ("line", "city", "state", "postal_code")):
        message = "The patient's address is not complete: street, city, state and ZIP code are needed."
        yield _finding("billing.no-patient-address", message, "loop 2010BA N3, N4", "patient")


def _provider_faults(sources: Sources) -> Iterator[Finding]:
    count = len(sources.providers)
    if not count:
        message = "Neither the encounter nor its services name a provider that is set up."
        yield _finding("billing.no-provider", message, "loop 2310B", "claim", "providers")
    if count > 1:
        message = f"The services name {count} providers; a claim names one. Code them as separate encounters."
        yield _finding("billing.two-providers", message, "loop 2310B", "claim")


def _finding(rule: str, message: str, place: str, where: str, mend: str = "") -> Finding:
    mends = (Mend(mend, "Mend it, then check again"),) if mend else ()
    return Finding(rule, Severity.FATAL, message, f"005010X222A1, {place}", where, mends=mends)
