"""The encounters of a chart, found by the sender's visit number."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from charthouse.apps.charts.actions.clean import clipped
from charthouse.apps.charts.models import Encounter, Patient
from charthouse.apps.core.cipher import blind_index
from charthouse.apps.practice.selectors import find_facility, find_provider
from charthouse.kit import ChartEncounter

LONGEST_DISPOSITION = 4


def save_encounters(patient: Patient, given: Iterable[ChartEncounter]) -> dict[str, tuple[Encounter, bool]]:
    """Encounters by the sender's key, each with whether it is new; a known one only gets what it lacked."""
    known = {row.number_index: row for row in patient.encounters.select_related("facility", "provider")}
    # A bundle names the same clinic and physician in every encounter.
    provider_of = cache(lambda npi, name: find_provider(patient.organization, npi, name))
    facility_of = cache(lambda name: find_facility(patient.organization, name))
    saved: dict[str, tuple[Encounter, bool]] = {}
    for encounter in given:
        if encounter.key in saved:
            continue
        index = blind_index(encounter.key, "encounter")
        row = known.get(index)
        created = row is None
        row = row or Encounter(
            organization=patient.organization, patient=patient, number=encounter.key, number_index=index
        )
        found = {
            "provider": provider_of(encounter.provider_npi, encounter.provider_name),
            "facility": facility_of(encounter.facility_name),
        }
        _fill(row, {**_fields(encounter), **found})
        known[index] = row
        saved[encounter.key] = (row, created)
    return saved


def _fields(given: ChartEncounter) -> dict[str, object]:
    disposition = given.disposition.strip()
    return {
        "kind": given.kind.value,
        "title": clipped(given.title, 120),
        "service_from": given.dates.start if given.dates else None,
        "service_to": given.dates.end if given.dates else None,
        "facility_name": clipped(given.facility_name, 120),
        "provider_name": clipped(given.provider_name, 120),
        "disposition": disposition if len(disposition) <= LONGEST_DISPOSITION else "",
    }


def _fill(row: Encounter, fields: dict[str, object]) -> None:
    missing = {name: value for name, value in fields.items() if value and not getattr(row, name)}
    for name, value in missing.items():
        setattr(row, name, value)
    if missing or row.pk is None:
        row.save()
