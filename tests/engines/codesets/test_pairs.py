"""Code first, use additional, code also: read at the code itself, and from whose notes name it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charthouse.engines.codesets import NoteKind, Pair
from charthouse.kit import Code, CodeSystem
from tests.engines.codesets.books import TODAY, code_book
from tests.engines.codesets.making import ON, small_book


def pairs(code: str) -> tuple[Pair, ...]:
    return code_book().pairs(Code.icd10cm(code), TODAY)


def one_way(code: str, *, is_named: bool) -> set[tuple[str, str, str]]:
    """(kind, direction, code) of each pair."""
    return {
        (pair.kind.value, pair.direction, other)
        for pair in pairs(code)
        if pair.is_named is is_named
        for other in pair.codes
    }


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("N18.31", ("code-first", "before", "E11.22")),
        ("E11.22", ("use-additional", "after", "N18.1-N18.6")),
        ("E11.22", ("use-additional", "after", "Z79.4")),
        ("F02.80", ("code-first", "before", "G30")),
        ("G30.9", ("use-additional", "after", "F02.80")),
    ],
)
def test_what_the_notes_of_a_code_ask_for(code: str, expected: tuple[str, str, str]) -> None:
    assert expected in one_way(code, is_named=False)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("E11.22", ("code-first", "after", "N18")),
        ("N18.31", ("use-additional", "before", "E11.22")),
        ("G30.9", ("code-first", "after", "F02")),
        ("F02.80", ("use-additional", "before", "G30")),
        ("B95.61", ("use-additional", "before", "G00.3")),
    ],
)
def test_whose_notes_name_a_code(code: str, expected: tuple[str, str, str]) -> None:
    assert expected in one_way(code, is_named=True)


def test_every_line_keeps_its_words_and_where_it_stands() -> None:
    entry = code_book().icd10cm("E11.22", TODAY)
    assert entry is not None
    asked = [pair for pair in pairs("E11.22") if not pair.is_named]
    kinds = (NoteKind.CODE_FIRST, NoteKind.USE_ADDITIONAL, NoteKind.CODE_ALSO)
    lines = [(line, note.origin) for note in entry.notes if note.kind in kinds for line in note.lines]
    assert [(pair.text, pair.origin) for pair in asked] == lines


def test_a_code_does_not_name_itself() -> None:
    for code in ("N18.31", "B95.61", "E11.22", "I10"):
        entry = code_book().icd10cm(code, TODAY)
        assert entry is not None
        above = {step.name for step in entry.path} | {entry.display}
        assert not [pair for pair in pairs(code) if pair.is_named and pair.origin.name in above]


@pytest.mark.parametrize("code", [Code(CodeSystem.HCPCS, "G0463"), Code.icd10cm("Z99.999")])
def test_other_systems_and_unknown_codes_have_no_pairs(code: Code) -> None:
    assert code_book().pairs(code, TODAY) == ()


def test_pairs_of_a_small_list(tmp_path: Path) -> None:
    chapter = (
        "<chapter><name>1</name><desc>x</desc>"
        "<diag><name>A00</name><desc>one</desc><codeAlso><note>two (B00.-), three</note></codeAlso></diag>"
        "<diag><name>B00</name><desc>two</desc></diag></chapter>"
    )
    book = small_book(tmp_path / "a.xml", chapter, "A00", "B00")
    (own,) = book.pairs(Code.icd10cm("A00"), ON)
    (named,) = book.pairs(Code.icd10cm("B00"), ON)
    assert (own.kind, own.codes, own.direction, own.is_named) == ("code-also", ("B00",), "either", False)
    assert (named.kind, named.codes, named.direction, named.is_named) == ("code-also", ("A00",), "either", True)
    assert own.text == named.text == "two (B00.-), three"


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(list(code_book().billable("", TODAY))))
def test_a_pair_seen_from_one_side_is_seen_from_the_other(code: str) -> None:
    for pair in pairs(code):
        if pair.is_named and pair.origin.kind == "code":
            holder = code_book().pairs(Code.icd10cm(pair.origin.name), TODAY)
            assert any(other.text == pair.text and other.kind == pair.kind and not other.is_named for other in holder)
