"""One bundle of an emergency visit written for this test, read from its first to its last resource."""

from __future__ import annotations

import base64
import json
from datetime import UTC, date, datetime
from typing import Any

from charthouse.engines.fhir import read
from charthouse.kit import ChartCoverage, Code, CodeSystem, EncounterKind, FactKind, Sex

PATIENT, VISIT, DOCTOR, CLINIC, PAYER = (f"urn:uuid:00000000-0000-4000-8000-00000000000{n}" for n in range(1, 6))
OF_VISIT = {"subject": {"reference": PATIENT}, "encounter": {"reference": VISIT}}
NOTE = "CHIEF COMPLAINT\n\nFell on the ice.\nRight wrist hurts."


def entry(url: str, type_name: str, **fields: Any) -> dict[str, Any]:
    return {
        "fullUrl": url,
        "resource": {"resourceType": type_name, "id": url[-4:], **fields},
        "request": {"method": "POST"},
    }


ENTRIES = [
    entry(
        PATIENT,
        "Patient",
        identifier=[
            {"type": {"coding": [{"code": "SS"}]}, "value": "900-11-2222"},
            {"type": {"coding": [{"code": "MR"}]}, "system": "https://hph.example/mrn", "value": "104477"},
        ],
        name=[{"use": "official", "family": "Whitfield", "given": ["Ada", "Jane"]}],
        gender="female",
        birthDate="1961-04-09",
        address=[{"line": ["12 Quay Street"], "city": "Harbor Point", "state": "ME", "postalCode": "04101"}],
    ),
    entry(CLINIC, "Organization", name="Harbor Point Hospital"),
    entry(PAYER, "Organization", name="Northwind Health Plan", identifier=[{"value": "NW01"}]),
    entry(
        DOCTOR,
        "Practitioner",
        name=[{"given": ["Ines"], "family": "Okafor"}],
        identifier=[{"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893"}],
    ),
    entry(
        VISIT,
        "Encounter",
        **{"class": {"code": "EMER"}},
        type=[{"text": "Emergency visit"}],
        subject={"reference": PATIENT},
        period={"start": "2026-11-08T21:40:00-05:00", "end": "2026-11-09T00:15:00-05:00"},
        participant=[{"individual": {"reference": DOCTOR}}],
        serviceProvider={"reference": CLINIC},
        reasonCode=[{"text": "Fall on ice"}],
    ),
    entry(
        "urn:uuid:c1", "Coverage", beneficiary={"reference": PATIENT}, payor=[{"reference": PAYER}], subscriberId="NW55"
    ),
    entry(
        "urn:uuid:d1",
        "Condition",
        **OF_VISIT,
        code={
            "text": "Fracture of right wrist",
            "coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "S62.101A"}],
        },
        clinicalStatus={"coding": [{"code": "active"}]},
        recordedDate="2026-11-08",
    ),
    entry(
        "urn:uuid:o1",
        "Observation",
        **OF_VISIT,
        status="final",
        category=[{"coding": [{"code": "vital-signs"}]}],
        code={"text": "Heart rate", "coding": [{"system": "http://loinc.org", "code": "8867-4"}]},
        valueQuantity={"value": 88, "unit": "/min"},
        effectiveDateTime="2026-11-08T21:50:00-05:00",
    ),
    entry(
        "urn:uuid:m1",
        "MedicationRequest",
        **OF_VISIT,
        status="active",
        medicationCodeableConcept={"text": "Drug A"},
        dosageInstruction=[{"text": "one tablet at night"}],
        authoredOn="2026-11-09",
    ),
    entry(
        "urn:uuid:n1",
        "DocumentReference",
        subject={"reference": PATIENT},
        context={"encounter": [{"reference": VISIT}]},
        docStatus="final",
        type={"text": "Emergency note", "coding": [{"code": "34111-5"}]},
        author=[{"reference": DOCTOR}],
        date="2026-11-09T00:30:00-05:00",
        content=[{"attachment": {"contentType": "text/plain", "data": base64.b64encode(NOTE.encode()).decode()}}],
    ),
    entry("urn:uuid:k1", "Claim", patient={"reference": PATIENT}),
]
BUNDLE = {"resourceType": "Bundle", "type": "transaction", "entry": ENTRIES}
CHART = read(json.dumps(BUNDLE).encode(), "visit.json")


def test_the_patient() -> None:
    patient = CHART.patient
    assert (patient.mrn, patient.mrn_authority) == ("104477", "https://hph.example/mrn")
    assert (patient.family_name, patient.given_name, patient.middle_name) == ("Whitfield", "Ada", "Jane")
    assert (patient.birth_date, patient.sex, patient.city) == (date(1961, 4, 9), Sex.FEMALE, "Harbor Point")


def test_the_visit_spans_midnight_by_the_sender_s_clock() -> None:
    (encounter,) = CHART.encounters
    assert (encounter.kind, encounter.title) == (EncounterKind.EMERGENCY, "Emergency visit")
    assert encounter.dates is not None
    assert (encounter.dates.start, encounter.dates.end) == (date(2026, 11, 8), date(2026, 11, 9))
    assert (encounter.provider_name, encounter.provider_npi) == ("Ines Okafor", "1234567893")
    assert encounter.facility_name == "Harbor Point Hospital"


def test_the_coverage() -> None:
    assert CHART.coverages == (ChartCoverage("Northwind Health Plan", "NW55", "NW01", rank=1),)


def test_the_facts() -> None:
    assert [(fact.kind, fact.label, fact.value) for fact in CHART.facts] == [
        (FactKind.PROBLEM, "Fracture of right wrist", ""),
        (FactKind.VITAL_SIGN, "Heart rate", "88 /min"),
        (FactKind.MEDICATION, "Drug A", "one tablet at night"),
    ]
    assert CHART.facts[0].codes == (Code(CodeSystem.ICD10CM, "S62101A"),)
    assert {fact.encounter_key for fact in CHART.facts} == {CHART.encounters[0].key}


def test_the_compiled_summary_reads_from_top_to_bottom() -> None:
    summary = CHART.documents[0]
    assert [(section.title, section.text) for section in summary.sections[1:]] == [
        (
            "Encounter",
            "Type\tEmergency visit\nSetting\temergency\nDates\t2026-11-08 to 2026-11-09\n"
            "Facility\tHarbor Point Hospital\nProvider\tInes Okafor",
        ),
        ("Reason for visit", "Fall on ice"),
        ("Conditions", "Fracture of right wrist\tactive"),
        ("Vital signs", "Heart rate\t88 /min"),
        ("Medications", "Drug A\tone tablet at night\tactive"),
    ]


def test_the_note_of_the_clinician_stands_beside_it() -> None:
    note = CHART.documents[1]
    assert note.sections[0].text == "CHIEF COMPLAINT\nFell on the ice.\nRight wrist hurts."
    assert (note.kind, note.author, note.is_signed) == ("emergency-note", "Ines Okafor", True)
    assert note.written_at == datetime(2026, 11, 9, 5, 30, tzinfo=UTC)
    assert note.encounter_key == CHART.encounters[0].key


def test_what_was_left_out_is_told_without_its_values() -> None:
    assert {one.what for one in CHART.skipped} == {"1 Claim", "1 personal number"}
    assert "900-11-2222" not in repr(CHART)
