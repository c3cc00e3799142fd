"""The patient of a bundle: one, with one record number and no personal numbers."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from charthouse.engines.fhir import read
from charthouse.kit import ChartPatient, Refused, Sex
from tests.engines.fhir.building import ENCOUNTER, PATIENT, bundle, chart, told


def patient(**fields: Any) -> ChartPatient:
    return chart(patient={**PATIENT, **fields}).patient


def test_plain_patient() -> None:
    read_one = chart().patient
    assert (read_one.mrn, read_one.mrn_authority) == ("M100", "https://north.example")
    assert (read_one.family_name, read_one.given_name, read_one.middle_name) == ("Whitfield", "Ada", "Jane")
    assert (read_one.sex, read_one.birth_date) == (Sex.FEMALE, date(1961, 4, 9))


def test_a_single_patient_resource_is_a_chart() -> None:
    assert read(json.dumps(PATIENT).encode(), "p.json").patient.mrn == "M100"


@pytest.mark.parametrize("kind", ["SS", "DL", "PPN"])
def test_personal_numbers_are_never_kept(kind: str) -> None:
    numbers = [{"type": {"coding": [{"code": kind}]}, "value": "900-11-2222"}]
    read_chart = chart(patient={**PATIENT, "identifier": numbers})
    assert "900-11-2222" not in repr(read_chart)
    assert (read_chart.patient.mrn, read_chart.patient.mrn_authority) == ("p1", "resource id")
    assert "1 personal number" in told(read_chart)


def test_further_identifiers_are_told() -> None:
    numbers = [{"value": "A"}, {"value": "B", "type": {"coding": [{"code": "MR"}]}, "assigner": {"display": "North"}}]
    read_chart = chart(patient={**PATIENT, "identifier": numbers})
    assert (read_chart.patient.mrn, read_chart.patient.mrn_authority) == ("B", "North")
    assert "1 further identifier of the patient" in told(read_chart)


def test_official_name_and_home_address_win() -> None:
    read_one = patient(
        name=[{"use": "nickname", "given": ["Addie"]}, {"use": "official", "family": "Whitfield", "given": ["Ada"]}],
        address=[
            {"use": "work", "city": "Elsewhere"},
            {
                "use": "home",
                "line": ["12 Quay St", "Flat 2"],
                "city": "Harbor Point",
                "state": "ME",
                "postalCode": "04101",
            },
        ],
    )
    assert read_one.given_name == "Ada"
    assert (read_one.address_line, read_one.city, read_one.postal_code) == (
        "12 Quay St, Flat 2",
        "Harbor Point",
        "04101",
    )


@pytest.mark.parametrize("written", ["1961", "1961-04", "1961-02-30", "soon"])
def test_birth_date_not_precise_to_a_day_is_told(written: str) -> None:
    read_chart = chart(patient={**PATIENT, "birthDate": written})
    assert read_chart.patient.birth_date is None
    assert "1 birth date" in told(read_chart)


@pytest.mark.parametrize(("gender", "sex"), [("male", Sex.MALE), ("other", Sex.UNKNOWN), (None, Sex.UNKNOWN)])
def test_sex(gender: str | None, sex: Sex) -> None:
    assert patient(gender=gender).sex is sex


def rule_of(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read(data, "x.json")
    return caught.value.refusal.rule


def test_no_patient_is_refused() -> None:
    assert rule_of(json.dumps(ENCOUNTER).encode()) == "fhir.no-patient"


def test_two_patients_are_refused_for_facts_could_be_anyones() -> None:
    assert rule_of(bundle({**PATIENT, "id": "p2"})) == "fhir.several-patients"


def test_json_that_is_not_fhir_is_refused() -> None:
    assert rule_of(b'{"hello":"world"}') == "fhir.not-a-resource"
