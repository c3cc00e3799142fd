"""HCPCS Level II and CPT by day: a loaded release answers on its days alone, the demo set where there is none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from charthouse.engines.codesets import CodeBook, ValidityState, load_code_book
from charthouse.engines.codesets.shelf import Table
from charthouse.kit import Code, CodeSystem
from tests.engines.codesets.books import code_book
from tests.engines.codesets.shelves import shelf, shelve

QUARTER = date(2026, 10, 1), date(2026, 12, 31)
ON, BEFORE, AFTER = date(2026, 11, 23), date(2026, 9, 30), date(2027, 1, 1)


def code(value: str, short: str, added: int, terminated: int, long: str = "") -> tuple[str, tuple[str | int, ...]]:
    return "code", (value, long, short, "C", "", "", "", "", added, added, terminated, "")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> CodeBook:
    folder = tmp_path_factory.mktemp("shelf")
    rows = [
        code("A0001", "short", 20200101, 0, long="The whole text"),
        code("A0002", "only short", 20261115, 0),
        code("A0003", "gone", 20100101, 20261031),
        code("A0004", "undated", 0, 0),
        ("modifier", ("Z9", "A made-up modifier", "made up", "", 20200101, 20200101, 0)),
        ("modifier", ("25", "What the release says", "", "", 20200101, 20200101, 0)),
    ]
    shelve(folder, Table.HCPCS, rows, *QUARTER, label="October 2026")
    made_up = [("code", ("0001X", "s", "m", "l")), ("modifier", ("9Z", "made up"))]
    shelve(folder, Table.CPT, made_up, date(2026, 1, 1), date(2026, 12, 31), label="2026")
    return load_code_book(shelf(folder))


def state(book: CodeBook, value: str, on: date, system: CodeSystem = CodeSystem.HCPCS) -> ValidityState:
    return book.is_valid(Code(system, value), on).state


@pytest.mark.parametrize(
    ("value", "on", "expected"),
    [
        ("A0001", ON, ValidityState.VALID),
        ("A0002", date(2026, 11, 14), ValidityState.NOT_YET),
        ("A0002", date(2026, 11, 15), ValidityState.VALID),
        ("A0003", date(2026, 10, 31), ValidityState.VALID),
        ("A0003", date(2026, 11, 1), ValidityState.EXPIRED),
        ("A0004", QUARTER[0], ValidityState.VALID),
        ("A0009", ON, ValidityState.UNKNOWN),
        ("G0463", ON, ValidityState.UNKNOWN),
    ],
)
def test_the_dates_of_a_release_bound_its_codes(book: CodeBook, value: str, on: date, expected: ValidityState) -> None:
    assert state(book, value, on) is expected


@pytest.mark.parametrize("on", [BEFORE, AFTER])
def test_a_release_says_nothing_of_other_days(book: CodeBook, on: date) -> None:
    assert state(book, "A0001", on) is ValidityState.NO_DATA
    assert state(book, "G0463", on) is ValidityState.VALID
    assert set(book.hcpcs_entries(on)) == set(code_book().hcpcs_entries(on))


def test_the_long_text_is_shown_and_the_short_kept(book: CodeBook) -> None:
    entry = book.hcpcs(" a0001", ON)
    assert entry is not None
    assert (entry.label, entry.short) == ("The whole text", "short")
    bare = book.hcpcs("A0002", ON)
    assert bare is not None
    assert bare.label == "only short"


def test_without_a_day_the_newest_release_answers(book: CodeBook) -> None:
    assert book.hcpcs("A0001") is not None
    assert code_book().hcpcs("G0463") is not None


def test_cpt_answers_on_its_days_alone(book: CodeBook) -> None:
    entry = book.cpt(" 0001x ", ON)
    assert entry is not None
    assert (entry.short, entry.medium, entry.long) == ("s", "m", "l")
    assert state(book, "0001X", ON, CodeSystem.CPT) is ValidityState.VALID
    assert state(book, "0002X", ON, CodeSystem.CPT) is ValidityState.UNKNOWN
    assert state(book, "0001X", date(2027, 1, 1), CodeSystem.CPT) is ValidityState.NO_DATA
    assert book.cpt("0001X", date(2025, 12, 31)) is None
    assert list(book.cpt_entries(ON)) == ["0001X"]


def test_without_cpt_nothing_is_said_of_it() -> None:
    assert code_book().cpt("0001X", ON) is None
    assert code_book().cpt_entries(ON) == {}
    assert state(code_book(), "0001X", ON, CodeSystem.CPT) is ValidityState.NO_DATA


def test_a_modifier_is_told_in_our_own_words_before_those_of_a_release(book: CodeBook) -> None:
    ours, theirs = book.modifier("25", ON), book.modifier(" z9", ON)
    assert ours == book.modifiers["25"]
    assert theirs is not None
    assert theirs.label == "A made-up modifier"
    assert book.modifier("Z9", AFTER) is None
    of_cpt = book.modifier("9Z", ON)
    assert of_cpt is not None
    assert "made up" not in of_cpt.label, "the words of the AMA are for seat holders"
    licensed = book.procedures.cpt_modifier("9z", ON)
    assert licensed is not None
    assert licensed.label == "made up"


def test_modifiers_alone_say_nothing_of_codes(tmp_path: Path) -> None:
    shelve(tmp_path, Table.CPT, [("modifier", ("9Z", "made up"))], date(2026, 1, 1), None)
    found = load_code_book(shelf(tmp_path)).is_valid(Code(CodeSystem.CPT, "0001X"), ON)
    assert (found.state, found.text) == (ValidityState.NO_DATA, "cpt is not loaded")


def test_a_release_without_a_year_is_not_called_cpt_twice(tmp_path: Path) -> None:
    shelve(tmp_path, Table.CPT, [("code", ("0001X", "s", "m", "l"))], date(2026, 1, 1), None, label="CPT")
    assert load_code_book(shelf(tmp_path)).is_valid(Code(CodeSystem.CPT, "0001X"), ON).release == "CPT"
