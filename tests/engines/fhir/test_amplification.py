"""A small file cannot grow into a large chart: what many resources refer to is read once and cut to a label."""

from __future__ import annotations

import base64
from typing import Any

from tests.engines.fhir.building import ENCOUNTER, chart, resource

MANY = 2_000
LONG = "word " * 40_000


def size(value: object) -> int:
    return len(repr(value))


def test_one_long_name_does_not_stand_whole_in_every_encounter() -> None:
    organization = {"resourceType": "Organization", "id": "o1", "name": LONG}
    visits = [{**ENCOUNTER, "id": f"e{n}", "serviceProvider": {"reference": "Organization/o1"}} for n in range(MANY)]
    read = chart(organization, *visits)
    assert len(read.encounters) == MANY
    assert size(read) < 10 * MANY * 1_000


def test_one_long_result_does_not_stand_whole_in_every_report() -> None:
    result = resource("Observation", id="r1", code={"text": "Note"}, valueString=LONG)
    reports = [
        resource("DiagnosticReport", id=f"d{n}", conclusion="x", result=[{"reference": "Observation/r1"}] * 5)
        for n in range(MANY)
    ]
    read = chart(ENCOUNTER, result, *reports)
    assert len(read.documents) == MANY + 1
    assert size(read.documents[-1]) < 2_000


def test_one_binary_does_not_stand_in_every_document() -> None:
    binary = {
        "resourceType": "Binary",
        "id": "b1",
        "contentType": "text/plain",
        "data": base64.b64encode(b"x" * 9_000).decode(),
    }
    references: list[dict[str, Any]] = [
        resource("DocumentReference", id=f"d{n}", content=[{"attachment": {"url": "Binary/b1"}}]) for n in range(MANY)
    ]
    assert len(chart(binary, *references).documents) == 1


def test_one_medication_with_many_codes_is_read_once() -> None:
    coding = [{"system": "x", "code": str(n)} for n in range(MANY)]
    medication = {"resourceType": "Medication", "id": "m1", "code": {"text": "Drug A", "coding": coding}}
    requests = [resource("MedicationRequest", medicationReference={"reference": "Medication/m1"}) for _ in range(MANY)]
    facts = chart(ENCOUNTER, medication, *requests).facts
    assert len(facts) == MANY
    assert facts[0].codes is facts[-1].codes
