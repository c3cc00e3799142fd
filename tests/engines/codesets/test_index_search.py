"""Finding entries of the indexes by words, and the columns of their tables."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.engines.codesets import IndexTerms
from charthouse.engines.codesets.shelf import Release, Sheet, Table, put
from charthouse.engines.codesets.shelf.volume import write_volume
from tests.engines.codesets.books import TODAY
from tests.engines.codesets.shelves import shelf, shelve

ENTRY = Sheet(
    "entry",
    (
        "number INTEGER", "parent INTEGER", "level INTEGER", "letter TEXT", "title TEXT", "nonessential TEXT",
        "code TEXT", "manifestation TEXT", "see TEXT", "see_also TEXT", "path TEXT",
    ),
    ("number",),
)  # fmt: skip
CELL = Sheet("cell", ("entry INTEGER", "position INTEGER", "heading TEXT", "code TEXT"), ("entry", "position"))


@pytest.fixture(scope="module")
def terms(tmp_path_factory: pytest.TempPathFactory) -> IndexTerms:
    folder: Path = tmp_path_factory.mktemp("shelf")
    release: Release = shelve(folder, Table.ICD10CM_CODES, [], date(2026, 10, 1), None)
    paths = ["Cyst", "Cyst, bone, solitary", "Cyst, self-made, 50% of it", "Neoplasm, bone"]
    rows = [
        ("entry", (at, 0, path.count(","), "C", path.split(", ")[-1], "", "M85.40", "", "", "", path))
        for at, path in enumerate(paths, 1)
    ]
    cells = [("cell", (4, 0, "Malignant primary", "C41.9")), ("cell", (4, 1, "Malignant secondary", "C79.51"))]
    for table in (Table.ICD10CM_INDEX, Table.ICD10CM_NEOPLASM):
        file = folder / "draft.sqlite"
        counts = write_volume(file, (ENTRY, CELL), [*rows, *cells])
        fields = {**release.as_data(), "uid": table.value, "table": table.value, "rows": counts}
        put(folder, [(Release.from_data(fields), file)])
    return IndexTerms(shelf(folder))


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("cyst", [1, 2, 3]),
        ("bone cyst", [2]),
        ("BONE", [4, 2]),
        ("sol cys", [2]),
        ("made", [3]),
        ("50%", [3]),
        ("%", []),
        ("_", []),
        ("!", []),
        ("one", []),
        ("", []),
        ("cyst " * 100, [1, 2, 3]),
    ],
)
def test_words_are_looked_for_by_their_beginning_in_any_order(
    terms: IndexTerms, words: str, numbers: list[int]
) -> None:
    assert [one.number for one in terms.find(words, TODAY)] == numbers


def test_no_more_are_found_than_asked_for(terms: IndexTerms) -> None:
    assert len(terms.find("cyst", TODAY, limit=2)) == 2


def test_a_day_without_an_index_finds_nothing(terms: IndexTerms) -> None:
    assert terms.find("cyst", date(2026, 9, 30)) == ()


def test_columns_of_a_table_stand_in_order(terms: IndexTerms) -> None:
    cells = terms.cells(4, TODAY, Table.ICD10CM_NEOPLASM)
    assert [(one.heading, one.code) for one in cells] == [
        ("Malignant primary", "C41.9"),
        ("Malignant secondary", "C79.51"),
    ]
    assert terms.cells(1, TODAY, Table.ICD10CM_NEOPLASM) == ()


@given(words=st.text(max_size=200))
def test_any_text_is_answered(terms: IndexTerms, words: str) -> None:
    assert len(terms.find(words, TODAY)) <= 4
