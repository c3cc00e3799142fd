"""Storing a chart that intake has read: all of it or nothing, and nothing twice."""

from __future__ import annotations

from django.db import transaction

from charthouse.apps.accounts.models import Organization
from charthouse.apps.audit.actions import record
from charthouse.apps.charts.actions.documents import save_documents
from charthouse.apps.charts.actions.encounters import save_encounters
from charthouse.apps.charts.actions.facts import save_facts
from charthouse.apps.charts.actions.patients import save_coverages, save_patient
from charthouse.apps.charts.hooks import EncounterStored, encounter_stored
from charthouse.apps.exchange.hooks import ChartReceived
from charthouse.apps.exchange.models import InboundFile
from charthouse.kit import Chart


@transaction.atomic
def store_chart(organization: Organization, file: InboundFile | None, chart: Chart) -> dict[str, int]:
    """Store a chart and return how many rows of each kind were new; raise Refused for a patient that cannot be told."""
    patient, is_new = save_patient(organization, chart.source_name, chart.patient)
    coverages = save_coverages(organization, patient, chart.coverages)
    stored = save_encounters(patient, chart.encounters)
    encounters = {key: row for key, (row, _) in stored.items()}
    documents = save_documents(patient, file, chart.documents, encounters)
    facts = save_facts(patient, file, chart.facts, encounters, is_known_patient=not is_new)
    new_encounters = {row.pk for row, created in stored.values() if created}
    counts = {
        "patients": int(is_new),
        "coverages": coverages,
        "encounters": len(new_encounters),
        "documents": documents,
        "facts": facts,
    }
    record("charts.chart.stored", patient, subject=str(patient.uid), detail={"taken": counts})
    for row, created in stored.values():
        encounter_stored.send(EncounterStored(row, created))
    return counts


def take_chart(event: ChartReceived) -> None:
    """Handler of the border: store what was received and say how much was new."""
    event.taken.update(store_chart(event.organization, event.file, event.chart))
