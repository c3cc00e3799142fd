"""The one patient of a bundle."""

from __future__ import annotations

from charthouse.engines.fhir.access import Resource, day, items, string, strings
from charthouse.engines.fhir.bundle import Bundle, Entry
from charthouse.engines.fhir.skips import Skips
from charthouse.kit import ChartPatient, Refusal, Refused, Sex

_RECORD_NUMBER = "MR"
_NEVER_KEPT = {"SS", "SB", "DL", "PPN", "TAX"}  # HL7 table 0203: social security, driving licence, passport, tax
_NEVER_KEPT_SYSTEMS = {"http://hl7.org/fhir/sid/us-ssn", "urn:oid:2.16.840.1.113883.4.1"}
_SEX = {"female": Sex.FEMALE, "male": Sex.MALE}


def the_patient(bundle: Bundle, source_name: str) -> Entry:
    """The Patient entry; Refused when there is none or more than one, for then no resource is certain to be theirs."""
    patients = bundle.of_type("Patient")
    if not patients:
        message, mend = "There is no Patient in the file.", "Send a Bundle that holds the Patient."
        raise Refused(Refusal(source_name, "Bundle.entry", "fhir.no-patient", message, mend))
    if len({entry.key for entry in patients}) > 1:
        message = f"There are {len(patients)} Patients in the file; a chart is about one."
        raise Refused(
            Refusal(source_name, patients[1].place, "fhir.several-patients", message, "Send one Bundle per patient.")
        )
    return patients[0]


def read_patient(entry: Entry, skips: Skips) -> ChartPatient:
    """The patient with one record number; personal numbers are left out and noted."""
    resource = entry.resource
    name = _best(items(resource, "name"), "official", "usual")
    address = _best(items(resource, "address"), "home")
    given = strings(name, "given")
    mrn, authority = _record_number(entry, skips)
    born = day(string(resource, "birthDate"))
    if born is None and string(resource, "birthDate"):
        skips.add(f"{entry.place}.birthDate", "birth date", "it is not precise to a day")
    return ChartPatient(
        mrn=mrn,
        mrn_authority=authority,
        family_name=string(name, "family") or string(name, "text"),
        given_name=given[0] if given else "",
        middle_name=" ".join(given[1:]),
        birth_date=born,
        sex=_SEX.get(string(resource, "gender"), Sex.UNKNOWN),
        address_line=", ".join(strings(address, "line")),
        city=string(address, "city"),
        state=string(address, "state"),
        postal_code=string(address, "postalCode"),
    )


def _best(candidates: list[Resource], *uses: str) -> Resource:
    order = {use: rank for rank, use in enumerate(uses)}
    return min(candidates, key=lambda one: order.get(string(one, "use"), len(uses)), default={})


def _record_number(entry: Entry, skips: Skips) -> tuple[str, str]:
    kept: list[tuple[bool, str, str]] = []
    for identifier in items(entry.resource, "identifier"):
        kinds = {string(coding, "code") for coding in items(identifier.get("type"), "coding")}
        value, system = string(identifier, "value"), string(identifier, "system")
        if kinds & _NEVER_KEPT or system in _NEVER_KEPT_SYSTEMS:
            why = "social security, licence and passport numbers are never kept"
            skips.add(f"{entry.place}.identifier", "personal number", why)
        elif value:
            kept.append((_RECORD_NUMBER in kinds, value, string(identifier, "assigner", "display") or system))
    kept.sort(key=lambda one: not one[0])
    for _ in {value for _, value, _ in kept} - {kept[0][1] if kept else ""}:
        skips.add(f"{entry.place}.identifier", "further identifier of the patient", "one record number is kept")
    return kept[0][1:] if kept else (entry.key, "resource id")
