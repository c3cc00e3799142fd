"""Fiscal years: what holds on the last day of one and the first of the next, code by code and table by table."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.engines.codesets import CodeBook, Validity, ValidityState
from charthouse.engines.codesets.icd10cm import Icd10cm
from charthouse.engines.codesets.release import fiscal_year
from charthouse.engines.codesets.validity import ValidityTable, as_date, as_number
from charthouse.kit import Code, CodeSystem
from tests.engines.codesets.books import FIRST_OF_2027, LAST_OF_2026, TODAY, code_book
from tests.engines.codesets.making import edition


def of(code: str, on: date) -> Validity:
    return code_book().is_valid(Code.icd10cm(code), on)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2025, 9, 30), 2025),
        (date(2025, 10, 1), 2026),
        (date(2025, 12, 31), 2026),
        (date(2026, 1, 1), 2026),
        (date(2026, 9, 30), 2026),
        (date(2026, 10, 1), 2027),
    ],
)
def test_a_fiscal_year_begins_on_the_first_of_october(day: date, year: int) -> None:
    assert fiscal_year(day) == year
    assert f"FY {year}" in code_book().release_label(day)


@pytest.mark.parametrize(
    ("day", "is_its_own_text"),
    [(date(2026, 3, 31), False), (date(2026, 4, 1), True), (LAST_OF_2026, True), (FIRST_OF_2027, False)],
)
def test_text_from_another_release_is_said_to_be_so(day: date, is_its_own_text: bool) -> None:
    assert ("FY 2026 (April) text" in code_book().release_label(day)) != is_its_own_text


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        pytest.param("D69.1", ValidityState.VALID, ValidityState.HEADER, id="split into two"),
        pytest.param("I42.0", ValidityState.VALID, ValidityState.HEADER, id="split into three"),
        pytest.param("M72.2", ValidityState.VALID, ValidityState.HEADER, id="split by side"),
        pytest.param("M86.8X1", ValidityState.VALID, ValidityState.HEADER, id="split under a placeholder"),
        pytest.param("Z87.890", ValidityState.VALID, ValidityState.HEADER, id="split in the seventh place"),
        pytest.param("S23.420A", ValidityState.VALID, ValidityState.EXPIRED, id="taken out with a seventh character"),
        pytest.param("I42.00", ValidityState.NOT_YET, ValidityState.VALID, id="new under a code that was"),
        pytest.param("F64.A", ValidityState.NOT_YET, ValidityState.VALID, id="new with a letter"),
        pytest.param("C78.31", ValidityState.NOT_YET, ValidityState.VALID, id="new in the neoplasms"),
        pytest.param("M86.8X11", ValidityState.NOT_YET, ValidityState.VALID, id="new in the seventh place"),
        pytest.param("E11.9", ValidityState.VALID, ValidityState.VALID, id="as ever"),
        pytest.param("E11", ValidityState.HEADER, ValidityState.HEADER, id="a header as ever"),
        pytest.param("Q99.99", ValidityState.UNKNOWN, ValidityState.UNKNOWN, id="never there"),
    ],
)
def test_the_night_between_two_years(code: str, before: ValidityState, after: ValidityState) -> None:
    assert of(code, LAST_OF_2026).state is before
    assert of(code, FIRST_OF_2027).state is after


@pytest.mark.parametrize(
    ("code", "on", "words"),
    [
        ("I42.00", LAST_OF_2026, "valid only from 2026-10-01"),
        ("S23.420A", FIRST_OF_2027, "valid only until 2026-09-30"),
        ("Q99.99", TODAY, "no such ICD-10-CM code"),
        ("I42.0", FIRST_OF_2027, "incomplete: needs at least 1 more character"),
        ("E11.9", date(2027, 4, 1), "no ICD-10-CM release is loaded for 2027-04-01"),
        ("I42.00", FIRST_OF_2027, "description not loaded"),
    ],
)
def test_the_answer_says_it_in_words(code: str, on: date, words: str) -> None:
    assert of(code, on).text == words


@pytest.mark.parametrize(
    ("day", "gone", "come"),
    [
        (date(2024, 10, 1), "C83.39", "C81.0A"),
        (date(2025, 10, 1), "E78.01", "E78.010"),
        (FIRST_OF_2027, "I49.8", "I49.81"),
    ],
)
def test_every_october_has_its_codes(day: date, gone: str, come: str) -> None:
    eve = day - timedelta(days=1)
    assert of(gone, eve).is_valid
    assert not of(gone, day).is_valid
    assert not of(come, eve).is_valid
    assert of(come, day).is_valid


def test_the_dates_of_a_valid_code_are_told() -> None:
    assert (of("I42.0", LAST_OF_2026).valid_from, of("I42.0", LAST_OF_2026).valid_to) == (
        date(2015, 10, 1),
        LAST_OF_2026,
    )
    assert (of("I42.00", TODAY).valid_from, of("I42.00", TODAY).valid_to) == (FIRST_OF_2027, None)


def gap_book(path: Path) -> CodeBook:
    """A code that was valid, was not, and is again."""
    spans = ((20200101, 20201231), (20220101, 20221231))
    chapter = "<chapter><name>1</name><desc>x</desc><diag><name>A00</name><desc>x</desc></diag></chapter>"
    return CodeBook(Icd10cm([edition(path, chapter)], ValidityTable({"A00": spans}, {}, 20200101, 20270331)), {})


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2020, 1, 1), ValidityState.VALID),
        (date(2020, 12, 31), ValidityState.VALID),
        (date(2021, 1, 1), ValidityState.NOT_YET),
        (date(2021, 12, 31), ValidityState.NOT_YET),
        (date(2022, 1, 1), ValidityState.VALID),
        (date(2022, 12, 31), ValidityState.VALID),
        (date(2023, 1, 1), ValidityState.EXPIRED),
        (date(2019, 12, 31), ValidityState.NO_DATA),
    ],
)
def test_a_code_may_come_back_after_a_gap(tmp_path: Path, on: date, state: ValidityState) -> None:
    assert gap_book(tmp_path / "a.xml").is_valid(Code.icd10cm("A00"), on).state is state


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_a_day_becomes_a_number_and_comes_back(day: date) -> None:
    assert as_date(as_number(day)) == day
    assert len(str(as_number(day))) == 8


@given(st.dates(date(2014, 1, 1), date(2028, 1, 1)), st.dates(date(2014, 1, 1), date(2028, 1, 1)))
def test_days_and_their_numbers_stand_in_the_same_order(one: date, other: date) -> None:
    assert (one < other) == (as_number(one) < as_number(other))


def test_billable_codes_come_in_order_and_only_those_of_the_day() -> None:
    book = code_book()
    assert list(book.billable("I420", LAST_OF_2026)) == ["I420"]
    assert list(book.billable("I420", FIRST_OF_2027)) == ["I4200", "I4201", "I4209"]
    assert list(book.billable("ZZZ", TODAY)) == []
    found = list(book.billable("E11", TODAY))
    assert found == sorted(found)
    assert all(code.startswith("E11") for code in found)


@pytest.mark.parametrize(
    "value", ["", " ", "E", "E1", "e11.9", "E11.9.", "E119 ", "É119", "E11\x009", "'; --", "E" * 500]
)
def test_a_code_as_typed_by_a_stranger_is_answered(value: str) -> None:
    book = code_book()
    state = book.is_valid(Code(CodeSystem.ICD10CM, value), TODAY).state
    assert state in {ValidityState.UNKNOWN, ValidityState.HEADER}
    assert book.completions(Code(CodeSystem.ICD10CM, value), TODAY) == [] or state is ValidityState.HEADER


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_time_are_no_data(day: date) -> None:
    assert of("E11.9", day).state is ValidityState.NO_DATA
    assert code_book().hcpcs("G0463") is not None
