"""The structured facts of a chart: problems, medications, results."""

from __future__ import annotations

import json
from collections.abc import Iterable

from charthouse.apps.charts.models import ClinicalFact, Encounter, Patient
from charthouse.apps.exchange.models import InboundFile
from charthouse.kit import ChartFact

_BATCH = 500


def save_facts(
    patient: Patient,
    file: InboundFile | None,
    given: Iterable[ChartFact],
    encounters: dict[str, Encounter],
    *,
    is_known_patient: bool,
) -> int:
    """Store facts that are not there yet and return how many; two files that say the same say it once."""
    known = {_identity(row) for row in patient.facts.all()} if is_known_patient else set()
    fresh = []
    for fact in given:
        row = _row(patient, file, fact, encounters.get(fact.encounter_key))
        identity = _identity(row)
        if identity not in known:
            known.add(identity)
            fresh.append(row)
    ClinicalFact.objects.bulk_create(fresh, batch_size=_BATCH)
    return len(fresh)


def _identity(row: ClinicalFact) -> tuple[object, ...]:
    return (row.kind, row.on, row.encounter_id, json.dumps(row.content, sort_keys=True))


def _row(patient: Patient, file: InboundFile | None, given: ChartFact, encounter: Encounter | None) -> ClinicalFact:
    content = {
        "label": given.label,
        "codes": [[code.system.value, code.value] for code in given.codes],
        "value": given.value,
        "status": given.status,
    }
    return ClinicalFact(
        patient=patient, encounter=encounter, source=file, kind=given.kind.value, on=given.on, content=content
    )
