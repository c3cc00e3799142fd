"""Every real sample is read: who, how many encounters and facts, and a readable summary for each encounter."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from charthouse.engines.fhir import read
from charthouse.kit import Chart, EncounterKind, FactKind
from tests.samples import sample_files, samples_or_skip

FILES = sample_files("charts/fhir", "*.json")
CHECKED = {  # given name: family, encounters, problems, medications, vaccines
    "Antonio": ("Castellanos", 6, 3, 2, 6),
    "Buster": ("Hoeger", 6, 3, 1, 4),
    "Clemente": ("Kreiger", 3, 1, 0, 4),
    "Desmond": ("Gutmann", 9, 4, 0, 4),
    "Edward": ("Gulgowski", 6, 4, 3, 6),
    "Gustavo": ("Mejía", 6, 2, 1, 5),
    "Stanley": ("Balistreri", 7, 3, 1, 7),
    "Xavier": ("Lueilwitz", 7, 4, 2, 7),
}


def read_sample(name: str) -> Chart:
    path = next(samples_or_skip("charts/fhir").glob(f"{name}_*.json"))
    return read(path.read_bytes(), path.name)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem.split("_")[0])
def test_sample_is_read_as_checked_by_hand(path: Path) -> None:
    name = path.stem.split("_")[0]
    chart = read_sample(name)
    counts = Counter(fact.kind for fact in chart.facts)
    kinds = (FactKind.PROBLEM, FactKind.MEDICATION, FactKind.IMMUNIZATION)
    assert (chart.patient.family_name, len(chart.encounters), *(counts[kind] for kind in kinds)) == CHECKED[name]
    assert chart.patient.given_name.startswith(name)
    assert chart.patient.mrn in path.name
    assert [coverage.rank for coverage in chart.coverages] == [1]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem.split("_")[0])
def test_each_encounter_of_a_sample_has_one_compiled_summary(path: Path) -> None:
    chart = read_sample(path.stem.split("_")[0])
    assert [one.encounter_key for one in chart.documents] == [one.key for one in chart.encounters]
    for document in chart.documents:
        assert document.kind == "encounter-summary"
        assert "compiled from structured data" in document.title
        assert not document.is_signed
        assert any(len(section.text) > 40 for section in document.sections)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem.split("_")[0])
def test_every_fact_of_a_sample_is_of_an_encounter_and_nothing_is_lost(path: Path) -> None:
    chart = read_sample(path.stem.split("_")[0])
    assert all(fact.encounter_key for fact in chart.facts)
    assert {one.what.split()[1] for one in chart.skipped} <= {"Claim", "ExplanationOfBenefit", "CarePlan", "personal"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem.split("_")[0])
def test_no_sample_keeps_a_social_security_number(path: Path) -> None:
    assert "999-" not in repr(read_sample(path.stem.split("_")[0]))


def test_emergency_visit_reads_well() -> None:
    chart = read_sample("Antonio")
    emergency = next(one for one in chart.encounters if one.kind is EncounterKind.EMERGENCY)
    document = next(one for one in chart.documents if one.encounter_key == emergency.key)
    sections = {section.title: section.text for section in document.sections}
    assert sections["Conditions"] == "Laceration of foot\tresolved"
    assert sections["Procedures"] == "Suture open wound"
    assert emergency.facility_name == "SAINT ANNE'S HOSPITAL"
