"""The patient of a CDA document: recordTarget/patientRole."""

from __future__ import annotations

import hashlib
from datetime import date

from charthouse.engines.cda.names import person_name
from charthouse.engines.cda.skips import Skips
from charthouse.engines.cda.values import (
    Identifier,
    attribute,
    children,
    day_of,
    find,
    find_all,
    flat_text,
    identifiers,
    is_null,
)
from charthouse.engines.cda.xml import Element
from charthouse.kit import ChartPatient, Refusal, Refused, Sex

SOCIAL_SECURITY = "2.16.840.1.113883.4.1"
DRIVING_LICENCES = "2.16.840.1.113883.4.3"
_TAKEN = {"id", "addr", "patient", "providerOrganization", "name", "administrativeGenderCode", "birthTime"}


def read_patient(document: Element, source_name: str, skips: Skips) -> ChartPatient:
    """The first record target; Refused when there is none."""
    roles = find_all(document, "recordTarget/patientRole")
    if not roles:
        message = "The document names no patient (recordTarget/patientRole)."
        raise Refused(Refusal(source_name, "recordTarget", "cda.no-patient", message, "Export it with its header."))
    if len(roles) > 1:
        skips.add("recordTarget", f"{len(roles) - 1} further patient(s)", "a chart is about one patient")
    role = roles[0]
    person = find(role, "patient")
    name = person_name(person)
    identifier = _record_number(role, document, skips)
    address = _address(role)
    _note_what_is_left(role, person, skips)
    return ChartPatient(
        mrn=identifier.value,
        mrn_authority=identifier.authority or identifier.root,
        family_name=name.family,
        given_name=name.given,
        middle_name=name.middle,
        birth_date=_birth_date(person, skips),
        sex=_sex(person),
        address_line=", ".join(flat_text(line) for line in find_all(address, "streetAddressLine") if flat_text(line)),
        city=flat_text(find(address, "city")),
        state=flat_text(find(address, "state")),
        postal_code=flat_text(find(address, "postalCode")).rstrip("-"),
    )


def _record_number(role: Element, document: Element, skips: Skips) -> Identifier:
    candidates = [one for one in identifiers(role) if not _is_personal_number(one)]
    if len(candidates) < len(identifiers(role)):
        why = "social security and driving licence numbers are never kept"
        skips.add("recordTarget/patientRole/id", "a personal number", why)
    for one in candidates[1:]:
        skips.add("recordTarget/patientRole/id", f"an identifier of {one.authority or one.root}", "one MRN is kept")
    named = [one for one in candidates if "MRN" in one.authority.upper()]
    if candidates:
        return (named or candidates)[0]
    skips.add("recordTarget/patientRole/id", "no record number", "one was made from the document and the person")
    return _made_number(role, document)


def _made_number(role: Element, document: Element) -> Identifier:
    """A record number that joins only versions of one document about one person: never people who share a name."""
    own = (identifiers(document, "setId") + identifiers(document))[:1]
    person = find(role, "patient")
    parts = [*(one.full for one in own), person_name(person).display, attribute(find(person, "birthTime"), "value")]
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return Identifier("", f"DOC-{digest[:12].upper()}", "made from the document")


def _is_personal_number(identifier: Identifier) -> bool:
    return identifier.root == SOCIAL_SECURITY or identifier.root.startswith(DRIVING_LICENCES)


def _birth_date(person: Element | None, skips: Skips) -> date | None:
    written = attribute(find(person, "birthTime"), "value")
    born = day_of(written)
    if written and born is None:
        skips.add("recordTarget/patientRole/patient/birthTime", "birth time", "it is not precise to a day")
    return born


def _sex(person: Element | None) -> Sex:
    code = attribute(find(person, "administrativeGenderCode"), "code").upper()
    return Sex(code) if code in ("F", "M") else Sex.UNKNOWN


def _address(role: Element) -> Element | None:
    addresses = [one for one in find_all(role, "addr") if not is_null(one)]
    addresses.sort(key=lambda one: not attribute(one, "use").startswith("H"))
    return addresses[0] if addresses else None


def _note_what_is_left(role: Element, person: Element | None, skips: Skips) -> None:
    names = [name for parent in (role, person) if parent is not None for name, _ in children(parent)]
    left = sorted({name for name in names if name not in _TAKEN})
    if left:
        skips.add("recordTarget/patientRole", ", ".join(left), "a chart keeps only what coding and claims need")
