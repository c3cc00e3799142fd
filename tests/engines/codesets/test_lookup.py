"""What the book tells of one code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.engines.codesets import NO_TEXT, Icd10cmEntry, NodeKind
from tests.engines.codesets.books import code_book


def entry_of(code: str) -> Icd10cmEntry:
    entry = code_book().icd10cm(code)
    assert entry
    return entry


@pytest.mark.parametrize("written", ["J44.1", "J441", "j44.1", " j441 "])
def test_a_code_is_found_however_it_is_written(written: str) -> None:
    entry = entry_of(written)
    assert (entry.code.value, entry.display) == ("J441", "J44.1")


def test_an_unknown_code_is_none() -> None:
    assert code_book().icd10cm("Z99.999") is None
    assert code_book().icd10cm("") is None


def test_the_path_goes_from_the_chapter_down() -> None:
    assert [step.name for step in entry_of("J44.1").path] == ["10", "J40-J4A", "J44"]


def test_sections_that_only_span_other_sections_are_on_the_path() -> None:
    names = [step.name for step in entry_of("T20.20XA").path]
    assert names == ["19", "T07-T88", "T20-T32", "T20-T25", "T20", "T20.2", "T20.20"]


def test_headers_and_billable_codes_are_told_apart() -> None:
    assert entry_of("E11").is_header
    assert not entry_of("E11.9").is_header


def test_placeholders_are_marked() -> None:
    assert entry_of("S06.0X").is_placeholder


def test_inclusion_terms_are_the_codes_own() -> None:
    assert "Concussion with brief loss of consciousness" in entry_of("S06.0X1").inclusion_terms


def test_own_notes_come_before_inherited_ones() -> None:
    notes = entry_of("J44.1").excludes2
    assert (notes[0].place, notes[0].is_inherited) == ("J44.1", False)
    assert all(note.is_inherited for note in notes[1:])


def test_notes_are_inherited_from_category_section_and_chapter_with_their_origin() -> None:
    entry = entry_of("J44.1")
    assert [note.place for note in entry.includes] == ["J44"]
    assert [note.place for note in entry.excludes1] == ["section J40-J4A"]
    assert "chapter 10" in {note.place for note in entry.use_additional}
    assert entry.code_also[0].lines == ("type of asthma, if applicable (J45.-)",)


def test_code_first_notes_are_kept() -> None:
    assert any("underlying condition" in line for note in entry_of("E08.9").code_first for line in note.lines)


def test_a_seventh_character_is_inherited_and_its_meaning_joins_the_title() -> None:
    entry = entry_of("S61.412A")
    assert ("S", "sequela") in entry.seventh_characters
    assert entry.title.endswith(", initial encounter")
    assert entry.path[-1].name == "S61.412"


@pytest.mark.parametrize("code", ["T14.8AXA", "S61.412Z", "E11.9XXA", "S06.0XXA"])
def test_a_seventh_character_is_not_put_where_it_does_not_belong(code: str) -> None:
    assert code_book().icd10cm(code) is None


def test_a_code_newer_than_the_text_says_so_and_knows_its_place() -> None:
    entry = entry_of("D69.11")
    assert (entry.title, entry.has_text) == (NO_TEXT, False)
    assert entry.path[-1].name == "D69.1"


def test_every_chapter_is_reached_from_its_codes() -> None:
    for code in ("A00.0", "V00.01XA", "U07.1", "Z00.00"):
        assert entry_of(code).path[0].kind is NodeKind.CHAPTER


@given(st.text(max_size=12))
def test_any_text_is_answered(text: str) -> None:
    entry = code_book().icd10cm(text)
    assert entry is None or entry.code.value


@given(st.text("ACEIMSTXZ0123456789.", min_size=3, max_size=8))
def test_anything_like_a_code_is_answered(text: str) -> None:
    entry = code_book().icd10cm(text)
    assert entry is None or entry.title
