"""ICD-10-PCS by day: counts of each release, validity at its edges, titles, and building a code axis by axis."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from charthouse.engines.codesets import NO_TEXT, ValidityState
from charthouse.kit import Code, CodeSystem
from tests.engines.codesets.books import TODAY, code_book

OUTSIDE = [date(2015, 9, 30), date(2027, 4, 1)]


def pcs(value: str) -> Code:
    return Code(CodeSystem.ICD10PCS, value)


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2024, 10, 1), 78_948),
        (date(2025, 4, 1), 78_986),
        (date(2025, 10, 1), 79_115),
        (date(2026, 4, 1), 79_193),
        (date(2026, 10, 1), 79_256),
    ],
)
def test_as_many_codes_are_valid_as_the_release_has(day: date, count: int) -> None:
    inpatient = code_book().inpatient
    assert inpatient is not None
    assert sum(1 for _ in inpatient.codes("", day)) == count


def test_every_code_of_today_is_found_by_itself_and_starts_on_its_day() -> None:
    book, inpatient = code_book(), code_book().inpatient
    assert inpatient is not None
    wrong = []
    for code in inpatient.codes("", TODAY):
        validity = inpatient.is_valid(code, TODAY)
        start = validity.valid_from
        day_before = inpatient.validity.is_valid(code, start - timedelta(days=1)) if start else True
        if not validity.is_valid or day_before or next(inpatient.codes(code, TODAY)) != code or not book.pcs(code):
            wrong.append(code)
    assert wrong == []


def test_nearly_all_of_them_have_a_title() -> None:
    inpatient = code_book().inpatient
    assert inpatient is not None
    assert sum(1 for code in inpatient.codes("", TODAY) if code in inpatient.titles) >= 78_498


def test_a_code_without_text_is_good_and_says_so() -> None:
    inpatient = code_book().inpatient
    assert inpatient is not None
    bare = next(code for code in inpatient.codes("", TODAY) if code not in inpatient.titles)
    entry = code_book().pcs(bare)
    assert entry is not None
    assert (entry.title, entry.has_text) == (NO_TEXT, False)
    assert code_book().is_valid(pcs(bare), TODAY).is_valid
    assert code_book().is_valid(pcs(bare), TODAY).text == NO_TEXT


@pytest.mark.parametrize("day", OUTSIDE)
def test_a_day_without_a_release_is_no_data(day: date) -> None:
    assert code_book().is_valid(pcs("0016070"), day).state is ValidityState.NO_DATA


@pytest.mark.parametrize(
    ("code", "state"),
    [("0016070", "valid"), ("001607", "header"), ("0", "header"), ("", "unknown"), ("ZZZZZZZ", "unknown")],
)
def test_a_code_stands_as_it_stands(code: str, state: str) -> None:
    assert code_book().is_valid(pcs(code), TODAY).state == state


def test_what_is_missing_is_counted() -> None:
    assert "2 more characters" in code_book().is_valid(pcs("00160"), TODAY).text
    assert "1 more character" in code_book().is_valid(pcs("001607"), TODAY).text


def test_a_new_code_is_not_yet_valid_the_day_before_and_a_deleted_one_is_over() -> None:
    inpatient = code_book().inpatient
    assert inpatient is not None
    before, after = set(inpatient.codes("", date(2026, 9, 30))), set(inpatient.codes("", date(2026, 10, 1)))
    assert (len(after - before), len(before - after)) == (101, 38)
    assert all(inpatient.is_valid(one, date(2026, 9, 30)).state is ValidityState.NOT_YET for one in after - before)
    assert all(inpatient.is_valid(one, TODAY).state is ValidityState.EXPIRED for one in before - after)


def test_a_code_is_built_axis_by_axis() -> None:
    built = ""
    for position in range(1, 8):
        choices = code_book().pcs_choices(built, TODAY)
        assert all(choice.position == position for choice in choices)
        chosen = max(choices, key=lambda choice: choice.codes)
        assert chosen.codes == sum(1 for _ in code_book().inpatient.codes(built + chosen.value, TODAY))  # type: ignore[union-attr]
        built += chosen.value
    assert code_book().is_valid(pcs(built), TODAY).is_valid
    assert code_book().pcs_choices(built, TODAY) == ()


def test_sections_and_root_operations_have_names() -> None:
    sections = {choice.value: choice.label for choice in code_book().pcs_choices("", TODAY)}
    assert len(sections) == 17
    assert all(sections.values())
    assert all(choice.label for choice in code_book().pcs_choices("0D", TODAY))
    assert all(choice.label for choice in code_book().pcs_choices("0DTJ", TODAY))


def test_a_prefix_of_no_code_offers_nothing() -> None:
    assert code_book().pcs_choices("QQ", TODAY) == ()
