"""The encounter a CDA document is about: its number, kind, dates, place and provider."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from charthouse.engines.cda.names import entity_name
from charthouse.engines.cda.skips import Skips
from charthouse.engines.cda.values import attribute, day_of, find, find_all, flat_text, identifiers, npi_of, span_of
from charthouse.engines.cda.xml import Element
from charthouse.kit import ChartEncounter, EncounterKind, ServiceDates

_BY_ENCOUNTER_CODE = {
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
_BY_DOCUMENT_CODE = {  # LOINC document types that say where the care took place
    "18842-5": EncounterKind.INPATIENT,  # discharge summary
    "11490-0": EncounterKind.INPATIENT,  # discharge summary by the physician
    "18761-7": EncounterKind.INPATIENT,  # transfer summary
    "11504-8": EncounterKind.OUTPATIENT_SURGERY,  # operative note
    "28570-0": EncounterKind.OUTPATIENT_SURGERY,  # procedure note
    "34111-5": EncounterKind.EMERGENCY,  # emergency department note
    "18748-4": EncounterKind.OTHER,  # diagnostic imaging
    "52521-2": EncounterKind.OTHER,  # care plan
}
_HOSPITAL_SECTIONS = {"8648-8", "11535-2", "8653-8", "10184-0", "42347-5", "46241-6"}
_LONGEST_TITLE = 80  # characters; the names of visit codes can be whole sentences
_LONGEST_STAY_IN_SUMMARY = 366  # days; a longer service event is a span of care, not one encounter


def read_encounter(document: Element, skips: Skips) -> ChartEncounter:
    """The encompassing encounter, else the service event, else the day the document was written."""
    encounter = find(document, "componentOf/encompassingEncounter")
    own = [one.value for one in identifiers(encounter)] + [one.full for one in identifiers(document)]
    provider = _provider(document, encounter)
    read = ChartEncounter(
        key=own[0] if own else "document",
        kind=_kind(document, encounter),
        dates=_dates(document, encounter, skips),
        title=_title(document, encounter),
        facility_name=_facility(document, encounter),
        provider_name=entity_name(provider),
        provider_npi=npi_of(provider),
        disposition=_disposition(encounter),
    )
    if read.kind is EncounterKind.VISIT and read.disposition and read.dates and not read.dates.is_single_day:
        return replace(read, kind=EncounterKind.INPATIENT)
    return read


def _kind(document: Element, encounter: Element | None) -> EncounterKind:
    code = find(encounter, "code")
    for one in [] if code is None else [code, *find_all(code, "translation")]:
        if kind := _BY_ENCOUNTER_CODE.get(attribute(one, "code").upper()):
            return kind
    if kind := _BY_DOCUMENT_CODE.get(attribute(find(document, "code"), "code")):
        return kind
    sections = {one.get("code") for one in document.iterfind(".//{urn:hl7-org:v3}section/{urn:hl7-org:v3}code")}
    return EncounterKind.INPATIENT if sections & _HOSPITAL_SECTIONS else EncounterKind.VISIT


def _dates(document: Element, encounter: Element | None, skips: Skips) -> ServiceDates | None:
    if dates := _span(find(encounter, "effectiveTime")):
        return dates
    for event in find_all(document, "documentationOf/serviceEvent"):
        dates = _span(find(event, "effectiveTime"))
        if dates and dates.days <= _LONGEST_STAY_IN_SUMMARY:
            return dates
        if dates:
            skips.add("documentationOf/serviceEvent", "effectiveTime", "a span of care too long to be one encounter")
    day = day_of(attribute(find(document, "effectiveTime"), "value"))
    return ServiceDates.on(day) if day else None


def _span(time: Element | None) -> ServiceDates | None:
    first, last = span_of(time)
    return _in_order(first, last or first) if first else None


def _in_order(first: date, last: date | None) -> ServiceDates:
    return ServiceDates(first, last) if last and last >= first else ServiceDates.on(first)


def _title(document: Element, encounter: Element | None) -> str:
    name, title = attribute(find(encounter, "code"), "displayName"), flat_text(find(document, "title"))
    return name if name and (len(name) <= _LONGEST_TITLE or not title) else title


def _facility(document: Element, encounter: Element | None) -> str:
    names = (
        find(encounter, "location/healthCareFacility/location/name"),
        find(encounter, "location/healthCareFacility/serviceProviderOrganization/name"),
        find(document, "recordTarget/patientRole/providerOrganization/name"),
        find(document, "custodian/assignedCustodian/representedCustodianOrganization/name"),
    )
    return next((text for name in names if (text := flat_text(name))), "")


def _provider(document: Element, encounter: Element | None) -> Element | None:
    attending = [one for one in find_all(encounter, "encounterParticipant") if attribute(one, "typeCode") == "ATND"]
    places = [
        *(find(one, "assignedEntity") for one in attending),
        find(encounter, "responsibleParty/assignedEntity"),
        find(encounter, "encounterParticipant/assignedEntity"),
        *find_all(document, "documentationOf/serviceEvent/performer/assignedEntity"),
    ]
    return next((one for one in places if entity_name(one)), None)


def _disposition(encounter: Element | None) -> str:
    code = find(encounter, "dischargeDispositionCode")
    return attribute(code, "displayName") or attribute(code, "code")
