"""References lead to their resource however they are written; those that lead nowhere are told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from charthouse.engines.fhir import read
from tests.engines.fhir.building import ENCOUNTER, PATIENT, chart, resource, told


def addressed(*pairs: tuple[str, dict[str, Any]]) -> bytes:
    entries = [{"fullUrl": url, "resource": one} for url, one in pairs]
    return json.dumps({"resourceType": "Bundle", "type": "transaction", "entry": entries}).encode()


@pytest.mark.parametrize(
    ("url", "reference"),
    [
        ("urn:uuid:11111111-2222-3333-4444-555555555555", "urn:uuid:11111111-2222-3333-4444-555555555555"),
        ("https://ehr.example/fhir/Encounter/e1", "Encounter/e1"),
        ("https://ehr.example/fhir/Encounter/e1", "https://ehr.example/fhir/Encounter/e1"),
        ("https://ehr.example/fhir/Encounter/e1", "Encounter/e1/_history/4"),
        ("", "https://elsewhere.example/fhir/Encounter/e1"),
    ],
)
def test_every_form_of_reference_is_followed(url: str, reference: str) -> None:
    condition = resource("Condition", code={"text": "Gout"}, encounter={"reference": reference})
    read_chart = read(addressed(("", PATIENT), (url, ENCOUNTER), ("", condition)), "r.json")
    assert read_chart.facts[0].encounter_key == "e1"


def test_contained_resources_are_followed() -> None:
    request = resource(
        "MedicationRequest",
        contained=[{"resourceType": "Medication", "id": "m", "code": {"text": "Drug A", "coding": [{"code": "1"}]}}],
        medicationReference={"reference": "#m"},
    )
    (fact,) = chart(ENCOUNTER, request).facts
    assert (fact.label, fact.codes[0].value) == ("Drug A", "1")


def test_dangling_encounter_is_told_and_the_fact_stays() -> None:
    read_chart = chart(resource("Condition", code={"text": "Gout"}, encounter={"reference": "Encounter/none"}))
    assert read_chart.facts[0].encounter_key == ""
    assert "1 link of Condition to its encounter" in told(read_chart)


def test_resources_of_another_patient_are_left_out() -> None:
    other = {"reference": "Patient/p2"}
    strangers = [resource(name, code={"text": "Gout"}, subject=other) for name in ("Condition", "Encounter")]
    read_chart = chart(*strangers)
    assert (read_chart.facts, read_chart.encounters) == ((), ())
    assert {"1 Condition", "1 Encounter"} <= told(read_chart)


def test_resources_nothing_refers_to_are_told() -> None:
    used = {"resourceType": "Organization", "id": "o1", "name": "North Clinic"}
    unused = {"resourceType": "Organization", "id": "o2", "name": "South Clinic"}
    read_chart = chart({**ENCOUNTER, "serviceProvider": {"reference": "Organization/o1"}}, used, unused)
    assert read_chart.encounters[0].facility_name == "North Clinic"
    assert [one.what for one in read_chart.skipped] == ["1 Organization"]


def test_the_same_kind_is_told_once_with_its_count() -> None:
    read_chart = chart(*(resource("CarePlan") for _ in range(3)), resource("Device"))
    assert told(read_chart) == {"3 CarePlan", "1 Device"}


def test_entries_without_a_resource_are_told() -> None:
    whole = {"resourceType": "Bundle", "entry": [{"resource": PATIENT}, {}, {"request": {"method": "DELETE"}}]}
    assert told(read(json.dumps(whole).encode(), "e.json")) == {"1 entry without a resource", "1 deletion"}


def test_entered_in_error_is_left_out() -> None:
    wrong = [
        resource("Observation", code={"text": "A1c"}, status="entered-in-error"),
        resource("Condition", code={"text": "Gout"}, verificationStatus={"coding": [{"code": "entered-in-error"}]}),
    ]
    read_chart = chart(*wrong, {**ENCOUNTER, "status": "cancelled"})
    assert (read_chart.facts, read_chart.encounters) == ((), ())
    assert {"1 Observation", "1 Condition", "1 Encounter"} <= told(read_chart)
