"""What a release changed, code by code and as a whole."""

from __future__ import annotations

from datetime import date

import pytest

from charthouse.kit import Code, CodeSystem
from tests.engines.codesets.books import FIRST_OF_2027, LAST_OF_2026, TODAY, code_book


def kind(code: str, on: date) -> str:
    change = code_book().change_of(Code.icd10cm(code), on)
    return change.kind if change else ""


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("I42.00", "", "added"),
        ("I42.0", "", "deleted"),
        ("S23.420A", "", "deleted"),
        ("E11.9", "", ""),
        ("E78.010", "added", ""),
        ("E78.01", "deleted", ""),
        ("ZZZ", "", ""),
    ],
)
def test_what_happened_to_a_code_goes_with_the_release_of_the_day(code: str, before: str, after: str) -> None:
    assert (kind(code, LAST_OF_2026), kind(code, TODAY)) == (before, after)


def test_every_code_that_went_may_not_be_reported_and_every_one_that_came_may() -> None:
    changes, book = code_book().changes(TODAY), code_book()
    assert changes is not None
    for code in changes.deleted:
        assert not book.is_valid(Code.icd10cm(code), FIRST_OF_2027).is_valid
        assert book.is_valid(Code.icd10cm(code), LAST_OF_2026).is_valid
        assert kind(code, TODAY) == "deleted"
    for code in changes.added:
        assert book.is_valid(Code.icd10cm(code), FIRST_OF_2027).is_valid
        assert not book.is_valid(Code.icd10cm(code), LAST_OF_2026).is_valid
        assert kind(code, TODAY) == "added"


@pytest.mark.parametrize(
    ("on", "since"),
    [
        (TODAY, date(2026, 10, 1)),
        (LAST_OF_2026, date(2025, 10, 1)),
        (date(2023, 4, 1), date(2023, 4, 1)),
        (date(2021, 2, 1), date(2021, 1, 1)),
    ],
)
def test_releases_within_a_year_are_told_by_their_codes(on: date, since: date) -> None:
    changes = code_book().changes(on)
    assert changes is not None
    assert changes.since == since


def test_inpatient_codes_have_changes_of_their_own() -> None:
    changes = code_book().changes(TODAY, CodeSystem.ICD10PCS)
    assert changes is not None
    assert (len(changes.added), len(changes.deleted), changes.are_texts_known) == (101, 38, False)
    april = code_book().changes(date(2026, 5, 1), CodeSystem.ICD10PCS)
    assert april is not None
    assert april.since == date(2026, 4, 1)
    change = code_book().change_of(Code(CodeSystem.ICD10PCS, changes.added[0]), TODAY)
    assert change is not None
    assert change.kind == "added"


def test_other_systems_have_none() -> None:
    assert code_book().changes(TODAY, CodeSystem.HCPCS) is None
    assert code_book().change_of(Code(CodeSystem.HCPCS, "G0463"), TODAY) is None
