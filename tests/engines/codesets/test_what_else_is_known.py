"""Marks, older codes, codes beside and changes: each with its source, and what is not known said."""

from __future__ import annotations

from datetime import date

import pytest

from charthouse.engines.codesets import Equivalent, Marks, newer, older
from charthouse.kit import Code, CodeSystem
from tests.engines.codesets.books import TODAY, code_book


def marks(code: str, on: date = TODAY) -> Marks:
    found = code_book().marks(Code.icd10cm(code), on)
    assert found is not None
    return found


def test_a_diagnosis_has_its_risk_categories() -> None:
    assert ("V28", "37") in {(one.model, one.category) for one in marks("E11.22").hccs}
    assert "Diabetes" in next(one.label for one in marks("E11.22").hccs if one.model == "V28")


def test_a_diagnosis_without_risk_has_none_and_its_table_is_named() -> None:
    found = marks("J00")
    assert found.hccs == ()
    assert any("payment year 2027" in source for source in found.sources)


def test_a_day_of_service_counts_for_the_year_after() -> None:
    models = {one.model for one in marks("E11.22", date(2025, 6, 1)).hccs}
    assert {"V24", "V28"} <= models


@pytest.mark.parametrize("on", [date(2020, 1, 1), date(2030, 1, 1)])
def test_a_year_without_a_table_is_a_gap_not_a_none(on: date) -> None:
    found = marks("E11.22", on)
    assert found.hccs == ()
    assert any(gap.startswith("HCC") for gap in found.gaps)
    assert not any(source.startswith("HCC") for source in found.sources)


def test_what_is_not_loaded_is_said() -> None:
    assert any("POA" in gap for gap in marks("E11.22").gaps)


def test_clinical_categories_have_a_source_or_a_gap() -> None:
    assert marks("A00.0").ccsr == "DIG001"
    assert any("CCSR" in gap for gap in marks("ZZZ.9").gaps)


def test_procedures_have_no_such_marks() -> None:
    assert code_book().marks(Code(CodeSystem.HCPCS, "G0463"), TODAY) is None


def test_codes_lead_to_the_older_system_and_back() -> None:
    assert [one.display for one in older("E1122")] == ["250.40"]
    assert "E11.9" in [one.display for one in newer("25000")]
    assert older("ZZZ9") == newer("ZZZ") == ()


@pytest.mark.parametrize(
    ("code", "display"), [("V270", "V27.0"), ("E8130", "E813.0"), ("25000", "250.00"), ("462", "462")]
)
def test_older_codes_are_written_as_people_wrote_them(code: str, display: str) -> None:
    assert Equivalent(code, False, False, False, 0, 0).display == display


@pytest.mark.parametrize("code", ["I10", "A00"])
def test_a_category_has_none_beside_it(code: str) -> None:
    assert code_book().siblings(Code.icd10cm(code), TODAY) == []


def test_a_year_brings_codes_and_takes_some_away() -> None:
    changes = code_book().changes(TODAY)
    assert changes is not None
    assert changes.since == date(2026, 10, 1)
    assert (len(changes.added), len(changes.deleted)) == (190, 30)
    assert not set(changes.added) & set(changes.deleted)
    assert not changes.are_texts_known


def test_changes_hold_until_the_next_ones() -> None:
    first, last = code_book().changes(date(2025, 10, 1)), code_book().changes(date(2026, 9, 30))
    assert first is not None
    assert last is not None
    assert first.since == last.since == date(2025, 10, 1)


@pytest.mark.parametrize("on", [date(2015, 9, 30), date(2027, 4, 1), date(2015, 10, 1)])
def test_days_without_a_release_before_have_no_changes(on: date) -> None:
    assert code_book().changes(on) is None
