"""Entries that every coder knows, as golden values: title, path, notes and seventh characters of the real list."""

from __future__ import annotations

import pytest

from charthouse.engines.codesets import Icd10cmEntry, NodeKind
from charthouse.kit import Code
from tests.engines.codesets.books import TODAY, code_book


def entry_of(code: str) -> Icd10cmEntry:
    entry = code_book().icd10cm(code)
    assert entry
    return entry


@pytest.mark.parametrize(
    ("code", "title", "path"),
    [
        pytest.param("I10", "Essential (primary) hypertension", ["9", "I10-I1A"], id="three characters"),
        pytest.param(
            "O36.0110",
            "Maternal care for anti-D [Rh] antibodies, first trimester, not applicable or unspecified",
            ["15", "O30-O48", "O36", "O36.0", "O36.01", "O36.011"],
            id="a digit as seventh character",
        ),
        pytest.param(
            "M1A.9XX0",
            "Chronic gout, unspecified, without tophus (tophi)",
            ["13", "M00-M25", "M05-M14", "M1A", "M1A.9"],
            id="a letter in the category",
        ),
        pytest.param(
            "T36.0X1A",
            "Poisoning by penicillins, accidental (unintentional), initial encounter",
            ["19", "T07-T88", "T36-T50", "T36", "T36.0", "T36.0X", "T36.0X1"],
            id="a placeholder in the path",
        ),
        pytest.param(
            "H40.1131",
            "Primary open-angle glaucoma, bilateral, mild stage",
            ["7", "H40-H42", "H40", "H40.1", "H40.11", "H40.113"],
            id="a stage as seventh character",
        ),
        pytest.param(
            "V43.52XA",
            "Car driver injured in collision with other type car in traffic accident, initial encounter",
            ["20", "V00-V99", "V00-X58", "V40-V49", "V43", "V43.5", "V43.52"],
            id="sections within sections",
        ),
        pytest.param(
            "T81.49XA",
            "Infection following a procedure, other surgical site, initial encounter",
            ["19", "T07-T88", "T80-T88", "T81", "T81.4", "T81.49"],
            id="one placeholder",
        ),
        pytest.param("U07.1", "COVID-19", ["22", "U00-U49", "U07"], id="the last chapter"),
    ],
)
def test_an_entry_has_its_title_and_its_place(code: str, title: str, path: list[str]) -> None:
    entry = entry_of(code)
    assert entry.title == title
    assert [step.name for step in entry.path] == path
    assert entry.path[0].kind is NodeKind.CHAPTER
    assert all(step.title for step in entry.path)


@pytest.mark.parametrize(
    ("code", "characters"),
    [
        pytest.param("S61.412", "ADS", id="wound"),
        pytest.param("S72.001", "ABCDEFGHJKMNPQRS", id="fracture of the femur, open and closed"),
        pytest.param("S52.501", "ABCDEFGHJKMNPQRS", id="fracture of the radius"),
        pytest.param("M80.00", "ADGKPS", id="fracture of a brittle bone"),
        pytest.param("O36.011", "0123459", id="the fetus"),
        pytest.param("M1A.9", "01", id="tophus"),
        pytest.param("H40.113", "01234", id="stage of glaucoma"),
        pytest.param("E11.9", "", id="none"),
    ],
)
def test_the_seventh_characters_are_those_of_the_list(code: str, characters: str) -> None:
    assert "".join(char for char, _ in entry_of(code).seventh_characters) == characters


@pytest.mark.parametrize(
    ("code", "kind", "place", "words"),
    [
        pytest.param("E11.9", "excludes1", "E11", "type 1 diabetes mellitus (E10.-)", id="from the category"),
        pytest.param("E11.9", "use_additional", "E11", "insulin (Z79.4)", id="long-term drugs"),
        pytest.param("J44.0", "use_additional", "chapter 10", "tobacco use (Z72.0)", id="from the chapter"),
        pytest.param(
            "N18.4", "code_first", "N18", "hypertensive chronic kidney disease (I12.-, I13.-)", id="code first"
        ),
        pytest.param("I12.9", "use_additional", "I12.9", "stage of chronic kidney disease", id="its own"),
        pytest.param("I50.9", "code_first", "I50", "heart failure due to hypertension (I11.0)", id="failure"),
        pytest.param("D63.1", "code_first", "D63.1", "chronic kidney disease", id="a manifestation"),
        pytest.param("S61.412A", "code_also", "S61", "wound infection", id="through a seventh character"),
        pytest.param("B20", "use_additional", "B20", "HIV infection", id="all manifestations"),
    ],
)
def test_a_note_that_coders_rely_on_reaches_the_code(code: str, kind: str, place: str, words: str) -> None:
    notes = [note for note in getattr(entry_of(code), kind) if note.place == place]
    assert any(words in line for note in notes for line in note.lines), getattr(entry_of(code), kind)


@pytest.mark.parametrize(
    ("code", "characters", "is_billable"),
    [
        pytest.param("T20", "01234567", False, id="burn by degree"),
        pytest.param("S72", "0123489", False, id="femur by part"),
        pytest.param("N18.3", "012", True, id="stage 3 by letter"),
        pytest.param("M54.5", "019", True, id="low back pain since 2021"),
        pytest.param("Z3A", "01234", False, id="weeks of pregnancy"),
    ],
)
def test_the_next_character_of_a_header(code: str, characters: str, is_billable: bool) -> None:
    choices = code_book().completions(Code.icd10cm(code), TODAY)
    assert "".join(one.characters for one in choices) == characters
    assert {one.is_billable for one in choices} == {is_billable}
    assert all(one.meaning for one in choices)


def test_a_code_that_was_taken_out_long_ago_is_placed_under_what_is_left_of_it() -> None:
    entry = entry_of("T81.4XXA")
    assert not entry.has_text
    assert entry.path[-1].name == "T81.4"
    assert any(note.is_inherited for note in entry.notes)


def test_inherited_notes_stand_from_near_to_far_for_every_kind() -> None:
    for code in ("J44.1", "E11.22", "S72.001A", "T36.0X1A", "O36.0110"):
        entry = entry_of(code)
        names = [entry.display, *(step.name for step in reversed(entry.path))]
        order = [names.index(note.origin.name) for note in entry.notes]
        assert order == sorted(order), code


def test_the_places_of_notes_read_as_a_person_says_them() -> None:
    places = {note.place for note in entry_of("J44.1").notes}
    assert {"J44", "section J40-J4A", "chapter 10"} <= places
