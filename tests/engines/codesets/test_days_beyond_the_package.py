"""Loaded codes files: they answer on days no package knows, never on others; disagreement is said; titles come in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from charthouse.engines.codesets import CodeBook, ValidityState, load_code_book
from charthouse.engines.codesets.shelf import Table
from charthouse.engines.encoder import Encoder
from charthouse.kit import Code, CodeSystem
from tests.engines.codesets.books import TODAY
from tests.engines.codesets.shelves import codes, shelf, shelve

FY_2027 = date(2026, 10, 1), date(2027, 9, 30)
FY_2029 = date(2028, 10, 1), date(2029, 9, 30)
AFTER = date(2027, 4, 1)
LATER = codes(
    ("A00", "Cholera", 0),
    ("A000", "Cholera of the sea"),
    ("A00A", "Cholera, new", 0),
    ("A00A1", "Cholera, new, of the right hand"),
    ("A00A2", "Cholera, new, of the left hand"),
    ("QB0", "A new category"),
)


def of(book: CodeBook, code: str, on: date) -> ValidityState:
    return book.is_valid(Code.icd10cm(code), on).state


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> CodeBook:
    folder = tmp_path_factory.mktemp("shelf")
    shelve(folder, Table.ICD10CM_CODES, LATER, *FY_2027, label="FY 2027")
    shelve(folder, Table.ICD10CM_CODES, codes(("A000", "Cholera")), *FY_2029, label="FY 2029")
    shelve(folder, Table.ICD10PCS_CODES, codes(("0016070", "Bypass, said anew")), *FY_2027, label="FY 2027")
    return load_code_book(shelf(folder))


def test_days_after_the_package_are_answered_by_the_file(book: CodeBook) -> None:
    assert of(book, "A00.0", AFTER) is ValidityState.VALID
    assert of(book, "A00.A1", AFTER) is ValidityState.VALID
    assert of(book, "A00", AFTER) is ValidityState.HEADER
    assert of(book, "E11.9", AFTER) is ValidityState.EXPIRED


def test_on_days_of_the_package_the_package_answers(book: CodeBook) -> None:
    assert of(book, "A00.A1", TODAY) is ValidityState.NOT_YET
    assert of(book, "E11.9", TODAY) is ValidityState.VALID


def test_a_code_in_both_is_valid_without_a_break(book: CodeBook) -> None:
    validity = book.is_valid(Code.icd10cm("A00.0"), TODAY)
    assert (validity.valid_from, validity.valid_to) == (date(2015, 10, 1), None)


@pytest.mark.parametrize("on", [date(2027, 10, 1), date(2028, 9, 30), date(2029, 10, 1), date(2015, 9, 30)])
def test_days_between_and_outside_releases_are_no_data(book: CodeBook, on: date) -> None:
    assert of(book, "A00.0", on) is ValidityState.NO_DATA
    assert not book.validity.covers(on)
    assert book.changes(on) is None


@pytest.mark.parametrize("on", [date(2027, 9, 30), date(2028, 10, 1), date(2029, 9, 30)])
def test_the_first_and_last_days_of_a_release_are_its_own(book: CodeBook, on: date) -> None:
    assert of(book, "A00.0", on) is ValidityState.VALID


def test_the_day_after_a_gap_changes_nothing_that_can_be_told(book: CodeBook) -> None:
    changes = book.changes(date(2028, 10, 1))
    assert changes is not None
    assert changes.since == AFTER


def test_codes_are_found_under_their_stem(book: CodeBook) -> None:
    assert list(book.billable("A00A", AFTER)) == ["A00A1", "A00A2"]
    assert [one.code.display for one in book.completions(Code.icd10cm("A00"), AFTER)] == ["A00.0", "A00.A"]


def test_new_titles_and_new_codes_come_with_the_file_and_notes_from_the_older_list(book: CodeBook) -> None:
    entry = book.icd10cm("A00.A1", AFTER)
    assert entry is not None
    assert (entry.title, entry.has_text) == ("Cholera, new, of the right hand", True)
    assert [step.name for step in entry.path] == ["1", "A00-A09", "A00", "A00.A"]
    assert any(note.kind == "use-additional" and note.place == "chapter 1" for note in entry.notes)
    assert book.is_valid(Code.icd10cm("A00.A1"), AFTER).text == ""


def test_a_whole_new_category_stands_after_the_one_before_it(book: CodeBook) -> None:
    entry = book.icd10cm("QB0", AFTER)
    assert entry is not None
    assert entry.title == "A new category"
    assert [step.name for step in entry.path] == ["17", "QA0"], "the section of the last category before it"


def test_the_release_says_whose_titles_and_notes_it_shows(book: CodeBook) -> None:
    assert book.release_label(TODAY) == "ICD-10-CM FY 2027 titles, FY 2026 (April) notes"
    assert book.edition(date(2026, 9, 30)).name == "FY 2026 (April)"


def test_titles_of_the_year_before_stay_as_they_were(book: CodeBook) -> None:
    before, now = book.icd10cm("A00.0", date(2026, 9, 30)), book.icd10cm("A00.0", TODAY)
    assert before is not None
    assert now is not None
    assert before.title == "Cholera due to Vibrio cholerae 01, biovar cholerae"
    assert now.title == "Cholera of the sea"


def test_reworded_titles_are_told_once_both_texts_are_loaded(book: CodeBook) -> None:
    changes = book.changes(TODAY)
    assert changes is not None
    assert changes.are_texts_known
    assert "A000" in changes.revised
    change = book.change_of(Code.icd10cm("A00.0"), TODAY)
    assert change is not None
    assert (change.kind, change.after) == ("revised", "Cholera of the sea")
    assert change.before.startswith("Cholera due to")


def test_the_nodes_of_a_carried_edition_span_what_stands_under_them(book: CodeBook) -> None:
    nodes = book.edition(TODAY).nodes
    for place, node in enumerate(nodes):
        assert place < node.end <= len(nodes)
        if node.parent >= 0:
            assert node.parent < place < nodes[node.parent].end


def test_new_codes_are_found_by_the_words_of_the_file(book: CodeBook) -> None:
    found = Encoder(book).search("new cholera right hand", AFTER, 3)
    assert found[0].code.display == "A00.A1"


def test_inpatient_codes_go_the_same_way(book: CodeBook) -> None:
    entry = book.pcs("0016070", AFTER)
    assert entry is not None
    assert entry.title == "Bypass, said anew"
    assert book.is_valid(Code(CodeSystem.ICD10PCS, "0016070"), AFTER).is_valid
    assert not book.is_valid(Code(CodeSystem.ICD10PCS, "0DTJ4ZZ"), AFTER).is_valid
    assert list(book.pcs_codes("001", AFTER)) == ["0016070"]
    reworded = book.change_of(Code(CodeSystem.ICD10PCS, "0016070"), TODAY)
    assert reworded is None, "the older title is a package's, not that of a loaded release"


def test_a_file_that_parts_from_the_package_is_said_to(book: CodeBook) -> None:
    notes = {(one.table, one.label): one.note for one in book.sets(TODAY)}
    assert notes["icd-10-cm-codes", "FY 2027"].startswith("3 codes only in the file, 74878 only in the package")
    assert notes["icd-10-cm-codes", "FY 2029"] == ""
    assert notes["icd-10-pcs-codes", "FY 2027"].startswith("0 codes only in the file")


def test_a_file_that_agrees_with_the_package_says_nothing(tmp_path: Path) -> None:
    plain = load_code_book()
    whole = codes(*((code, "title") for code in plain.billable("", TODAY)))
    shelve(tmp_path, Table.ICD10CM_CODES, whole, *FY_2027, label="FY 2027")
    loaded = next(one for one in load_code_book(shelf(tmp_path)).sets(TODAY) if one.table == "icd-10-cm-codes")
    assert (loaded.note, loaded.rows, loaded.standing) == ("", 74_879, "in force")


def test_an_open_release_goes_on(tmp_path: Path) -> None:
    shelve(tmp_path, Table.ICD10CM_CODES, codes(("A000", "Cholera")), date(2026, 10, 1), None)
    book = load_code_book(shelf(tmp_path))
    assert of(book, "A00.0", date(2040, 1, 1)) is ValidityState.VALID
    assert book.is_valid(Code.icd10cm("A00.0"), TODAY).valid_to is None
    assert of(book, "E11.9", date(2040, 1, 1)) is ValidityState.EXPIRED
