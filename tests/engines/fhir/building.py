"""Small FHIR bundles for tests, put together from the resources a test is about."""

from __future__ import annotations

import json
from typing import Any

from charthouse.engines.fhir import read
from charthouse.kit import Chart

PATIENT = {
    "resourceType": "Patient",
    "id": "p1",
    "identifier": [{"type": {"coding": [{"code": "MR"}]}, "system": "https://north.example", "value": "M100"}],
    "name": [{"use": "official", "family": "Whitfield", "given": ["Ada", "Jane"]}],
    "gender": "female",
    "birthDate": "1961-04-09",
}
ENCOUNTER = {
    "resourceType": "Encounter",
    "id": "e1",
    "status": "finished",
    "class": {"code": "AMB"},
    "type": [{"text": "Office visit"}],
    "subject": {"reference": "Patient/p1"},
    "period": {"start": "2026-09-01T09:00:00-05:00", "end": "2026-09-01T09:30:00-05:00"},
}


def resource(type_name: str, **fields: Any) -> dict[str, Any]:
    """A resource of the patient and the encounter."""
    own = {"subject": {"reference": "Patient/p1"}, "encounter": {"reference": "Encounter/e1"}}
    return {"resourceType": type_name, **own, **fields}


def bundle(*resources: dict[str, Any], patient: dict[str, Any] = PATIENT) -> bytes:
    """A collection of the patient and more resources."""
    entries = [{"resource": one} for one in (patient, *resources)]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()


def chart(*resources: dict[str, Any], patient: dict[str, Any] = PATIENT) -> Chart:
    """The chart read from such a bundle."""
    return read(bundle(*resources, patient=patient), "test.json")


def told(read_chart: Chart) -> set[str]:
    """What the chart says was skipped."""
    return {one.what for one in read_chart.skipped}
