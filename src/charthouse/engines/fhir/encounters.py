"""Encounters of a bundle: kind, dates, place, provider, disposition."""

from __future__ import annotations

from charthouse.engines.fhir.access import Resource, day, items, label, obj, string
from charthouse.engines.fhir.bundle import Bundle, Entry
from charthouse.kit import ChartEncounter, EncounterKind, ServiceDates

_KINDS = {  # HL7 v3 ActCode
    "AMB": EncounterKind.VISIT,
    "VR": EncounterKind.VISIT,
    "EMER": EncounterKind.EMERGENCY,
    "IMP": EncounterKind.INPATIENT,
    "ACUTE": EncounterKind.INPATIENT,
    "NONAC": EncounterKind.INPATIENT,
    "OBSENC": EncounterKind.OBSERVATION,
    "SS": EncounterKind.OUTPATIENT_SURGERY,
    "HH": EncounterKind.HOME_HEALTH,
}
_NPI = "http://hl7.org/fhir/sid/us-npi"


def read_encounter(entry: Entry, bundle: Bundle) -> ChartEncounter:
    """One Encounter resource."""
    resource = entry.resource
    provider = _provider(resource)
    location = obj(resource, "location", "location")
    organization = obj(resource, "serviceProvider")
    return ChartEncounter(
        key=entry.key,
        kind=_KINDS.get(string(resource, "class", "code").upper(), EncounterKind.OTHER),
        dates=_dates(obj(resource, "period")),
        title=label(obj(resource, "type")) or label(obj(resource, "serviceType")),
        facility_name=bundle.name(organization, resource) or bundle.name(location, resource),
        provider_name=bundle.name(provider, resource),
        provider_npi=_npi(bundle.follow(provider, resource)),
        disposition=label(obj(resource, "hospitalization", "dischargeDisposition")),
    )


def _dates(period: Resource) -> ServiceDates | None:
    start, end = day(string(period, "start")), day(string(period, "end"))
    if start and end and end >= start:
        return ServiceDates(start, end)
    first = start or end
    return ServiceDates.on(first) if first else None


def _provider(resource: Resource) -> Resource:
    people = items(resource, "participant")
    attending = [one for one in people if string(one, "type", "coding", "code") in ("ATND", "PPRF")]
    return obj((attending or people or [{}])[0], "individual")


def _npi(entry: Entry | None) -> str:
    for identifier in items(entry.resource, "identifier") if entry else []:
        value = string(identifier, "value")
        if string(identifier, "system") == _NPI and len(value) == 10 and value.isascii() and value.isdigit():
            return value
    return ""
