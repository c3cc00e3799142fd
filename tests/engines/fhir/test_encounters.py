"""Encounters: kind, dates, place, provider, disposition; and the summary compiled for each."""

from __future__ import annotations

from typing import Any

import pytest

from charthouse.kit import ChartDocument, ChartEncounter, EncounterKind
from tests.engines.fhir.building import ENCOUNTER, chart, resource


def encounter(*others: dict[str, Any], **fields: Any) -> ChartEncounter:
    return chart({**ENCOUNTER, **fields}, *others).encounters[0]


def summary(*others: dict[str, Any], **fields: Any) -> ChartDocument:
    return chart({**ENCOUNTER, **fields}, *others).documents[0]


def section(document: ChartDocument, title: str) -> str:
    return next((one.text for one in document.sections if one.title == title), "")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("AMB", EncounterKind.VISIT),
        ("EMER", EncounterKind.EMERGENCY),
        ("IMP", EncounterKind.INPATIENT),
        ("OBSENC", EncounterKind.OBSERVATION),
        ("SS", EncounterKind.OUTPATIENT_SURGERY),
        ("HH", EncounterKind.HOME_HEALTH),
        ("FLD", EncounterKind.OTHER),
    ],
)
def test_kind_by_class(code: str, kind: EncounterKind) -> None:
    assert encounter(**{"class": {"code": code}}).kind is kind


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ({"start": "2026-09-01T23:50:00-05:00", "end": "2026-09-03T01:00:00-05:00"}, "2026-09-01 2026-09-03"),
        ({"start": "2026-09-01"}, "2026-09-01 2026-09-01"),
        ({"end": "2026-09-03"}, "2026-09-03 2026-09-03"),
        ({"start": "2026-09-03", "end": "2026-09-01"}, "2026-09-03 2026-09-03"),
        ({"start": "2026-09"}, ""),
        ({}, ""),
    ],
)
def test_dates_are_the_days_the_sender_wrote(period: dict[str, str], expected: str) -> None:
    dates = encounter(period=period).dates
    assert (f"{dates.start} {dates.end}" if dates else "") == expected


def test_place_provider_and_disposition() -> None:
    doctor = {
        "resourceType": "Practitioner",
        "id": "d1",
        "name": [{"prefix": ["Dr."], "given": ["Ines"], "family": "Okafor"}],
        "identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893"}],
    }
    nurse = {"individual": {"display": "A nurse"}}
    attending = {"type": [{"coding": [{"code": "ATND"}]}], "individual": {"reference": "Practitioner/d1"}}
    read = encounter(
        doctor,
        participant=[nurse, attending],
        location=[{"location": {"display": "Ward 3"}}],
        hospitalization={"dischargeDisposition": {"text": "Home"}},
    )
    assert (read.provider_name, read.provider_npi) == ("Dr. Ines Okafor", "1234567893")
    assert (read.facility_name, read.disposition) == ("Ward 3", "Home")


def test_summary_says_what_it_is() -> None:
    document = summary()
    assert document.title == "Encounter summary (compiled from structured data)"
    assert "No clinician wrote or signed" in section(document, "About this document")
    assert section(document, "Encounter") == "Type\tOffice visit\nSetting\tvisit\nDates\t2026-09-01"
    assert (document.is_signed, document.encounter_key) == (False, "e1")


def test_summary_lists_what_belongs_to_the_encounter_only() -> None:
    document = summary(
        resource(
            "Condition", code={"text": "Gout"}, clinicalStatus={"coding": [{"code": "active"}]}, onsetDateTime="2020"
        ),
        resource("Condition", code={"text": "Elsewhere"}, encounter=None),
        resource("Procedure", code={"text": "Injection"}, status="completed", performedDateTime="2026-09-01"),
        resource("Observation", code={"text": "A1c"}, status="final", valueQuantity={"value": 7.2, "unit": "%"}),
        resource("MedicationRequest", medicationCodeableConcept={"text": "Drug A"}, authoredOn="2026-08-01"),
    )
    assert section(document, "Conditions") == "Gout\tactive"
    assert section(document, "Procedures") == "Injection"
    assert section(document, "Results") == "A1c\t7.2 %"
    assert section(document, "Medications") == "Drug A\t2026-08-01"


def test_summary_gives_the_reason_in_words() -> None:
    condition = resource("Condition", id="c1", code={"text": "Knee pain"})
    document = summary(
        condition,
        reasonCode=[{"text": "Fall"}, {"text": "Fall"}],
        reasonReference=[{"reference": "Condition/c1"}, {"reference": "Condition/none", "display": "Bruise"}],
    )
    assert section(document, "Reason for visit") == "Fall\nKnee pain\nBruise"


def test_report_that_only_lists_results_is_a_line_of_the_summary() -> None:
    observation = resource("Observation", id="o1", code={"text": "Sodium"})
    report = resource(
        "DiagnosticReport",
        code={"text": "Panel"},
        effectiveDateTime="2026-09-01",
        result=[{"reference": "Observation/o1"}, {"reference": "Observation/o1"}],
    )
    assert section(summary(observation, report), "Reports") == "Panel\t2026-09-01\t1 results"
