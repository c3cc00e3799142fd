"""ICD-10-PCS axes: official tables where they are loaded, else our own words and those the titles share."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.engines.codesets import CodeBook, load_code_book
from charthouse.engines.codesets.pcs_words import distinct_words
from charthouse.engines.codesets.shelf import Table
from charthouse.engines.codesets.small_tables import read_pcs_axes
from tests.engines.codesets.books import TODAY, code_book
from tests.engines.codesets.shelves import shelf, shelve

_WORDS_OF_OUR_OWN = {
    # Sections whose titles are worded otherwise than the operation is called.
    "4", "6", "8", "D", "F", "H",
}  # fmt: skip


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> CodeBook:
    folder = tmp_path_factory.mktemp("shelf")
    axes = [
        (1, 4, "Body Part", "J", "The appendix"),
        (1, 5, "Approach", "0", "Open, first row"),
        (2, 4, "Body Part", "K", "Another part"),
        (2, 5, "Approach", "0", "Open, second row"),
    ]
    rows = [
        ("pcs_table", ("0DT", "The section", "The system", "The operation", "Cutting out")),
        *(("axis", ("0DT", row, position, title, value, label)) for row, position, title, value, label in axes),
    ]
    shelve(folder, Table.ICD10PCS_TABLES, rows, date(2026, 10, 1), date(2027, 9, 30), label="FY 2027")
    return load_code_book(shelf(folder))


def test_official_labels_come_first(book: CodeBook) -> None:
    labels = {one.value: (one.axis, one.label) for one in book.pcs_choices("0DT", TODAY)}
    assert labels["J"] == ("body part", "The appendix")
    entry = book.pcs("0DTJ0ZZ", TODAY)
    assert entry is not None
    assert [axis.label for axis in entry.axes[:5]] == [
        "The section",
        "The system",
        "The operation",
        "The appendix",
        "Open, first row",
    ]


def test_the_row_of_the_values_before_decides(book: CodeBook) -> None:
    assert book.inpatient is not None
    assert book.inpatient.tables.axis("0DTK", "0", TODAY) == ("approach", "Open, second row")


def test_the_tables_answer_on_their_days_alone(book: CodeBook) -> None:
    labels = {one.value: one.label for one in book.pcs_choices("0DT", date(2026, 9, 30))}
    assert labels["J"] == "Appendix"


def test_an_entry_tells_all_seven_axes_and_its_days() -> None:
    entry = code_book().pcs("0DTJ4ZZ", TODAY)
    assert entry is not None
    assert [axis.title for axis in entry.axes] == [
        "section", "body system", "operation", "body part", "approach", "device", "qualifier",
    ]  # fmt: skip
    assert [axis.label for axis in entry.axes] == [
        "Medical and surgical", "Gastrointestinal system", "Resection", "", "Percutaneous endoscopic", "none", "none",
    ]  # fmt: skip
    assert (entry.valid_from, entry.valid_to) == (date(2015, 10, 1), None)


def test_an_entry_of_a_code_that_is_gone_tells_its_last_days() -> None:
    inpatient = code_book().inpatient
    assert inpatient is not None
    gone = next(code for code in inpatient.codes("", date(2026, 9, 30)) if not inpatient.validity.is_valid(code, TODAY))
    entry = code_book().pcs(gone)
    assert entry is not None
    assert entry.valid_to == date(2026, 9, 30)


@pytest.mark.parametrize(
    ("prefix", "value", "axis", "label"),
    [
        ("0DT", "J", "body part", "Appendix"),
        ("0DT", "6", "body part", "Stomach"),
        ("0DT", "7", "body part", "Stomach, Pylorus"),
        ("0SR90", "1", "device", "Metal Synthetic Substitute"),
        ("3E0", "3", "body system or region", "Peripheral Vein"),
        ("B20", "0", "body part", "Single Coronary Artery"),
        ("GZ1", "3", "qualifier", "Neuropsychological"),
        ("", "X", "section", "New technology"),
        ("B", "2", "body system", "Heart"),
        ("C0", "3", "type", "Positron emission tomographic imaging"),
    ],
)
def test_values_have_labels_without_the_tables(prefix: str, value: str, axis: str, label: str) -> None:
    found = {one.value: (one.axis, one.label) for one in code_book().pcs_choices(prefix, TODAY)}
    assert found[value] == (axis, label)


def test_every_operation_is_called_what_its_titles_say() -> None:
    """Own words against 79,000 official titles: a value called wrongly would show here."""
    inpatient = code_book().inpatient
    assert inpatient is not None
    axes, wrong = read_pcs_axes(), set()
    for code in inpatient.codes("", TODAY):
        label, title = axes.get(f"3:{code[0]}:{code[2]}", ""), inpatient.text.of(code, TODAY).lower()
        if title and label and code[0] not in _WORDS_OF_OUR_OWN and label.split()[0].lower()[:6] not in title:
            wrong.add((f"{code[0]}_{code[2]}", label, title[:40]))
    # These are titled by their kind: the words of the axis are not in the title.
    assert {place for place, _, _ in wrong} <= {"5_0", "5_1", "7_0", "X_A", "X_E", "X_Z"}


def test_every_section_and_all_but_new_systems_and_operations_have_names() -> None:
    bare = {
        (prefix, one.value)
        for section in code_book().pcs_choices("", TODAY)
        for prefix in (
            section.value,
            *(section.value + two.value for two in code_book().pcs_choices(section.value, TODAY)),
        )
        for one in code_book().pcs_choices(prefix, TODAY)
        if not one.label
    }
    titles = code_book().inpatient
    assert titles is not None
    described = [
        (prefix, value)
        for prefix, value in bare
        if any(titles.text.of(code, TODAY) for code in titles.codes(prefix + value, TODAY))
    ]
    assert described == []


def test_words_that_tell_one_value_from_another() -> None:
    assert distinct_words({"1": ["Repair Left Hand, Open Approach"], "2": ["Repair Left Foot, Open Approach"]}) == {
        "1": "Hand",
        "2": "Foot",
    }
    assert distinct_words({"1": ["Repair Hand"], "2": []}) == {"1": "", "2": ""}
    assert distinct_words({}) == {}


@given(st.dictionaries(st.characters(), st.lists(st.text("ab ,", max_size=12), max_size=4), max_size=4))
def test_words_are_always_those_of_every_title(titles: dict[str, list[str]]) -> None:
    for value, words in distinct_words(titles).items():
        plain = [" ".join(title.replace(",", " ").split()) for title in titles[value] if title]
        assert all(" ".join(words.replace(",", " ").split()) in title for title in plain)
