"""Writes an 837P set: header, then claims grouped under billing provider, subscriber and patient levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC
from itertools import groupby

from charthouse.engines.x12.professional.claim_writing import write_address, write_claim
from charthouse.engines.x12.professional.model import (
    BillingProvider,
    Patient,
    Payer,
    Person,
    ProfessionalClaim,
    ProfessionalClaims,
    Subscriber,
)
from charthouse.engines.x12.writer import SegmentWriter


def write_professional_claims(claims: ProfessionalClaims, writer: SegmentWriter) -> None:
    """Write everything between ST and SE; claims keep their order, neighbours share their levels."""
    _write_header(claims, writer)
    levels = _Levels(writer)
    for billing_provider, under_provider in groupby(claims.claims, key=lambda claim: claim.billing_provider):
        parent = levels.open("", "20", has_children=True)
        _write_billing_provider(billing_provider, writer)
        for _, under_subscriber in groupby(under_provider, key=_subscriber_level):
            _write_subscriber_level(list(under_subscriber), parent, levels, writer)


class _Levels:
    """Numbers the HL segments: each one knows its parent."""

    def __init__(self, writer: SegmentWriter) -> None:
        self._writer = writer
        self._last = 0

    def open(self, parent: str, code: str, *, has_children: bool) -> str:
        self._last += 1
        self._writer.add("HL", str(self._last), parent, code, "1" if has_children else "0")
        return str(self._last)


def _subscriber_level(claim: ProfessionalClaim) -> tuple[Subscriber, Payer, bool]:
    # A subscriber who is the patient and one with dependants differ in SBR02, so they never share a level.
    return claim.subscriber, claim.payer, claim.patient is None


def _write_header(claims: ProfessionalClaims, writer: SegmentWriter) -> None:
    when, submitter, receiver = claims.created_at.astimezone(UTC), claims.submitter, claims.receiver
    writer.add("BHT", "0019", claims.purpose, claims.reference, when.date(), f"{when:%H%M}", claims.kind)
    writer.add("NM1", "41", "2", submitter.name, "", "", "", "", "46", submitter.identifier)
    reach = [
        *(("TE", submitter.phone) if submitter.phone else ()),
        *(("EM", submitter.email) if submitter.email else ()),
    ]
    writer.add("PER", "IC", submitter.contact_name, *reach)
    writer.add("NM1", "40", "2", receiver.name, "", "", "", "", "46", receiver.identifier)


def _write_billing_provider(provider: BillingProvider, writer: SegmentWriter) -> None:
    writer.add_if(provider.taxonomy, "PRV", "BI", "PXC", provider.taxonomy)
    kind = "1" if provider.given_name else "2"
    writer.add("NM1", "85", kind, provider.name, provider.given_name, "", "", "", "XX", provider.npi)
    write_address(provider.address, writer)
    writer.add("REF", provider.tax_id_kind, provider.tax_id)


def _write_subscriber_level(
    claims: list[ProfessionalClaim], parent: str, levels: _Levels, writer: SegmentWriter
) -> None:
    subscriber, payer, is_patient = _subscriber_level(claims[0])
    level = levels.open(parent, "22", has_children=not is_patient)
    relationship = "18" if is_patient else ""
    head = (subscriber.responsibility, relationship, subscriber.group_number, subscriber.group_name)
    writer.add("SBR", *head, "", "", "", "", subscriber.filing_code)
    _write_person("IL", subscriber.person, subscriber.member_id, writer)
    writer.add("NM1", "PR", "2", payer.name, "", "", "", "", "PI", payer.identifier)
    if payer.address:
        write_address(payer.address, writer)
    for patient, own in _by_patient(claims):
        if patient:
            levels.open(level, "23", has_children=False)
            writer.add("PAT", patient.relationship)
            _write_person("QC", patient.person, "", writer)
        for claim in own:
            write_claim(claim, writer)


def _by_patient(claims: Iterable[ProfessionalClaim]) -> Iterator[tuple[Patient | None, Iterator[ProfessionalClaim]]]:
    return groupby(claims, key=lambda claim: claim.patient)


def _write_person(qualifier: str, person: Person, member_id: str, writer: SegmentWriter) -> None:
    id_qualifier = "MI" if member_id else ""
    name = (person.family_name, person.given_name, person.middle_name, "", person.suffix)
    writer.add("NM1", qualifier, "1", *name, id_qualifier, member_id)
    if person.address:
        write_address(person.address, writer)
    writer.add_if(person.birth_date, "DMG", "D8", person.birth_date, person.sex.value)
