"""A chart and its parts: plain values that compare, cannot be changed, and say little by default."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from charthouse import kit
from charthouse.kit import (
    Chart,
    ChartCoverage,
    ChartDocument,
    ChartEncounter,
    ChartFact,
    ChartPatient,
    ChartSection,
    Code,
    EncounterKind,
    FactKind,
    ServiceDates,
    Sex,
    Skipped,
)

PATIENT = ChartPatient("104477", "Harbor Point Hospital", "Whitfield", "Ada")
SECTION = ChartSection("PLAN", "Rest.\nDrug\tDose")
DOCUMENT = ChartDocument("D1", "Note", "progress-note", (SECTION,))
ENCOUNTER = ChartEncounter("V1", EncounterKind.VISIT, ServiceDates.on(date(2026, 11, 18)))
FACT = ChartFact(FactKind.PROBLEM, "Diabetes", (Code.icd10cm("E11.9"),))
COVERAGE = ChartCoverage("Northwind Health Plan")
CHART = Chart("a.txt", "plaintext", PATIENT)
PARTS: list[Any] = [PATIENT, SECTION, DOCUMENT, ENCOUNTER, FACT, COVERAGE, Skipped("line 1", "a", "b"), CHART]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: type(part).__name__)
def test_a_part_cannot_be_changed_and_equals_its_like(part: Any) -> None:
    name = fields(part)[0].name
    with pytest.raises((FrozenInstanceError, AttributeError)):
        setattr(part, name, "other")
    assert replace(part) == part
    assert hash(replace(part)) == hash(part)
    assert replace(part, **{name: "other"}) != part


@pytest.mark.parametrize("part", PARTS, ids=lambda part: type(part).__name__)
def test_a_part_takes_no_field_it_does_not_have(part: Any) -> None:
    # A frozen class with slots refuses a new name with either error, by version of Python.
    with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
        part.colour = "blue"


def test_what_a_source_does_not_say_is_blank_and_never_guessed() -> None:
    assert (PATIENT.middle_name, PATIENT.birth_date, PATIENT.sex) == ("", None, Sex.UNKNOWN)
    assert (PATIENT.address_line, PATIENT.city, PATIENT.state, PATIENT.postal_code) == ("", "", "", "")
    assert (COVERAGE.member_id, COVERAGE.payer_id, COVERAGE.group_number, COVERAGE.plan_name) == ("", "", "", "")
    assert (ENCOUNTER.title, ENCOUNTER.provider_npi, ENCOUNTER.disposition) == ("", "", "")
    assert (FACT.value, FACT.on, FACT.status, FACT.encounter_key) == ("", None, "", "")


def test_a_document_is_unsigned_until_its_source_says_otherwise() -> None:
    assert not DOCUMENT.is_signed
    assert DOCUMENT.written_at is None
    assert (DOCUMENT.attachment, DOCUMENT.attachment_type) == (None, "")


def test_a_first_coverage_is_the_primary_one() -> None:
    assert COVERAGE.rank == 1
    assert sorted([replace(COVERAGE, rank=3), replace(COVERAGE, rank=2)], key=lambda one: one.rank)[0].rank == 2


def test_an_empty_chart_holds_nothing_and_skipped_nothing() -> None:
    assert (CHART.coverages, CHART.encounters, CHART.documents, CHART.facts, CHART.skipped) == ((), (), (), (), ())


def test_a_document_may_be_written_on_a_day_or_at_a_moment() -> None:
    moment = datetime(2026, 11, 18, 14, 10, tzinfo=UTC)
    assert replace(DOCUMENT, written_at=moment).written_at == moment
    assert replace(DOCUMENT, written_at=date(2026, 11, 18)).written_at == date(2026, 11, 18)


def test_an_encounter_may_lack_its_dates() -> None:
    assert replace(ENCOUNTER, dates=None).dates is None


@pytest.mark.parametrize(("written", "sex"), [("F", Sex.FEMALE), ("M", Sex.MALE), ("U", Sex.UNKNOWN)])
def test_sex_is_the_letter_claims_carry(written: str, sex: Sex) -> None:
    assert Sex(written) is sex
    assert f"{sex}" == written


@pytest.mark.parametrize("written", ["f", "female", "", "X", "O"])
def test_no_other_letter_is_a_sex(written: str) -> None:
    with pytest.raises(ValueError):
        Sex(written)


def test_encounter_kinds_are_the_ones_that_standards_tell_apart() -> None:
    # Stored in the database and named in agreements: a value that changes breaks both.
    assert [kind.value for kind in EncounterKind] == [
        "visit",
        "emergency",
        "outpatient-surgery",
        "inpatient",
        "observation",
        "cardiology",
        "interventional-radiology",
        "home-health",
        "other",
    ]


def test_fact_kinds_are_stable_too() -> None:
    assert [kind.value for kind in FactKind] == [
        "problem",
        "medication",
        "allergy",
        "result",
        "procedure",
        "immunization",
        "vital-sign",
    ]


def test_every_name_the_kit_promises_is_there_and_in_order() -> None:
    assert kit.__all__ == sorted(kit.__all__)
    assert all(hasattr(kit, name) for name in kit.__all__)


def test_the_kit_names_everything_it_defines() -> None:
    defined = {
        name for name, value in vars(kit).items() if getattr(value, "__module__", "").startswith("charthouse.kit.")
    }
    assert defined == set(kit.__all__)
