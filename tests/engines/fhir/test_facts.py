"""Resources become facts with their codes, values, days and status."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from charthouse.kit import ChartFact, Code, CodeSystem, FactKind
from tests.engines.fhir.building import ENCOUNTER, chart, resource, told


def fact(type_name: str, **fields: Any) -> ChartFact:
    return chart(ENCOUNTER, resource(type_name, **fields)).facts[0]


@pytest.mark.parametrize(
    ("system", "code", "expected"),
    [
        ("http://hl7.org/fhir/sid/icd-10-cm", "e11.22", Code(CodeSystem.ICD10CM, "E1122")),
        ("urn:oid:2.16.840.1.113883.6.90", "E11.9", Code(CodeSystem.ICD10CM, "E119")),
        ("http://snomed.info/sct", "44054006", Code(CodeSystem.SNOMED, "44054006")),
        ("https://local.example/codes", "A1", Code(CodeSystem.OTHER, "A1")),
    ],
)
def test_code_systems(system: str, code: str, expected: Code) -> None:
    assert fact("Condition", code={"coding": [{"system": system, "code": code}]}).codes == (expected,)


def test_label_is_text_then_display_then_code() -> None:
    coding = [{"code": "A1"}, {"code": "A2", "display": "Second"}]
    assert fact("Condition", code={"text": "Gout", "coding": coding}).label == "Gout"
    assert fact("Condition", code={"coding": coding}).label == "Second"
    assert fact("Condition", code={"coding": coding[:1]}).label == "A1"


def test_condition_with_day_and_doubt() -> None:
    read = fact(
        "Condition",
        code={"text": "Gout"},
        clinicalStatus={"coding": [{"code": "active"}]},
        verificationStatus={"coding": [{"code": "provisional"}]},
        onsetDateTime="2026-08-30T22:00:00-05:00",
    )
    assert (read.kind, read.status, read.on) == (FactKind.PROBLEM, "active, provisional", date(2026, 8, 30))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"valueQuantity": {"value": 7.2, "unit": "%"}}, "7.2 %"),
        ({"valueQuantity": {"value": 5, "comparator": "<", "code": "mg"}}, "<5 mg"),
        ({"valueQuantity": {"value": 180.63849467821325, "unit": "cm"}}, "180.64 cm"),
        ({"valueQuantity": {"value": 93.00000000001}}, "93"),
        ({"valueQuantity": {"value": 0.000123456}}, "0.000123"),
        ({"valueQuantity": {"unit": "%"}}, ""),
        ({"valueCodeableConcept": {"text": "Positive"}}, "Positive"),
        ({"valueString": "cloudy\nurine"}, "cloudy urine"),
        ({"valueBoolean": True}, "yes"),
        ({"valueBoolean": False}, "no"),
        ({"valueInteger": 0}, "0"),
        ({"valueRange": {"low": {"value": 1, "unit": "g"}, "high": {"value": 2, "unit": "g"}}}, "1 g to 2 g"),
        ({"valueRatio": {"numerator": {"value": 1}, "denominator": {"value": 128}}}, "1 / 128"),
        ({"valuePeriod": {"start": "2026-01-01"}}, "2026-01-01"),
        ({"dataAbsentReason": {"text": "refused"}}, "refused"),
        ({"valueQuantity": {"value": 9}, "interpretation": [{"text": "High"}]}, "9 (High)"),
        ({"valueQuantity": {"value": 9}, "interpretation": [{"coding": [{"code": "N"}]}]}, "9"),
        ({}, ""),
    ],
)
def test_observation_values_as_text(value: dict[str, Any], text: str) -> None:
    assert fact("Observation", code={"text": "A1c"}, **value).value == text


def test_blood_pressure_keeps_its_parts_together() -> None:
    read = fact(
        "Observation",
        category=[{"coding": [{"code": "vital-signs"}]}],
        code={"text": "Blood pressure"},
        component=[
            {"code": {"text": "Systolic"}, "valueQuantity": {"value": 132, "unit": "mm[Hg]"}},
            {"code": {"text": "Diastolic"}, "valueQuantity": {"value": 86, "unit": "mm[Hg]"}},
        ],
    )
    assert (read.kind, read.value) == (FactKind.VITAL_SIGN, "Systolic 132 mm[Hg]; Diastolic 86 mm[Hg]")


def test_medication_with_directions() -> None:
    read = fact(
        "MedicationRequest", medicationCodeableConcept={"text": "Drug A"}, dosageInstruction=[{"text": "1 daily"}]
    )
    assert (read.kind, read.label, read.value) == (FactKind.MEDICATION, "Drug A", "1 daily")


def test_allergy_with_reactions() -> None:
    read = fact(
        "AllergyIntolerance",
        code={"text": "Penicillin"},
        reaction=[{"manifestation": [{"text": "Hives"}, {"text": "Wheeze"}]}],
    )
    assert (read.kind, read.value) == (FactKind.ALLERGY, "Hives; Wheeze")


def test_immunization_and_procedure() -> None:
    vaccine = fact("Immunization", vaccineCode={"coding": [{"system": "http://hl7.org/fhir/sid/cvx", "code": "88"}]})
    procedure = fact(
        "Procedure", code={"text": "Injection"}, performedPeriod={"start": "2026-09-01"}, status="completed"
    )
    assert vaccine.codes == (Code(CodeSystem.CVX, "88"),)
    assert (procedure.on, procedure.status) == (date(2026, 9, 1), "completed")


def test_resource_that_names_nothing_is_told() -> None:
    read = chart(resource("Condition", code={}))
    assert read.facts == ()
    assert "1 Condition" in told(read)
