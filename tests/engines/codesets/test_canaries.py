"""Known counts and texts that prove the tables were read whole."""

from __future__ import annotations

from datetime import date

import pytest

from charthouse.engines.codesets import NodeKind, NoteKind
from tests.engines.codesets.books import APRIL_2026, FIRST_OF_2027, LAST_OF_2026, code_book, valid_on


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2024, 10, 1), 74_260),
        (date(2025, 4, 1), 74_260),
        (date(2025, 10, 1), 74_719),
        (APRIL_2026, 74_719),
        (FIRST_OF_2027, 74_879),
    ],
)
def test_as_many_codes_are_valid_as_were_published(day: date, count: int) -> None:
    assert len(valid_on(day)) == count


def test_the_new_year_adds_190_codes_and_drops_30() -> None:
    before, after = valid_on(LAST_OF_2026), valid_on(FIRST_OF_2027)
    assert len(after - before) == 190
    assert len(before - after) == 30


@pytest.mark.parametrize(("kind", "count"), [(NodeKind.CHAPTER, 22), (NodeKind.SECTION, 297), (NodeKind.CODE, 46_881)])
def test_the_tabular_list_has_all_its_levels(kind: NodeKind, count: int) -> None:
    assert sum(node.kind is kind for node in code_book().edition().nodes) == count


def test_every_inclusion_term_was_read() -> None:
    assert sum(len(node.inclusion_terms) for node in code_book().edition().nodes) == 12_574


@pytest.mark.parametrize(
    ("kind", "blocks", "lines"),
    [
        (NoteKind.INCLUDES, 415, 1_024),
        (NoteKind.EXCLUDES1, 2_644, 5_407),
        (NoteKind.EXCLUDES2, 1_165, 2_520),
        (NoteKind.CODE_FIRST, 363, 809),
        (NoteKind.USE_ADDITIONAL, 844, 1_485),
        (NoteKind.CODE_ALSO, 320, 655),
    ],
)
def test_every_note_was_read(kind: NoteKind, blocks: int, lines: int) -> None:
    found = [note for node in code_book().edition().nodes for note_kind, note in node.notes if note_kind is kind]
    assert (len(found), sum(map(len, found))) == (blocks, lines)


def test_every_code_valid_in_april_has_a_title() -> None:
    book = code_book()
    assert not [code for code in valid_on(APRIL_2026) if book.edition().locate(code)[0] is None]


def test_the_76_codes_that_expansion_alone_would_invent_are_not_valid() -> None:
    book = code_book()
    assert book.edition().locate("S060X7D")[0] is None or not book.validity.is_valid("S060X7D", APRIL_2026)
    assert not book.validity.is_valid("S062X8S", APRIL_2026)


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("E11.9", "Type 2 diabetes mellitus without complications"),
        ("I10", "Essential (primary) hypertension"),
        ("T14.8XXA", "Other injury of unspecified body region, initial encounter"),
        ("S61.412D", "Laceration without foreign body of left hand, subsequent encounter"),
    ],
)
def test_titles_are_the_official_ones(code: str, title: str) -> None:
    entry = code_book().icd10cm(code)
    assert entry
    assert entry.title == title
