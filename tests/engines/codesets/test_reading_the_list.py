"""The tabular list read from XML: levels, notes, seventh characters and placeholders, on lists of a few lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from charthouse.engines.codesets import CodeBook, Icd10cmEntry, NodeKind, NoteKind, ValidityState
from charthouse.engines.codesets.tabular import read_tabular
from charthouse.kit import Code, Refused
from tests.engines.codesets.making import ON, small_book, tabular

NOTES = """<chapter><name>9</name><desc>Chapter (A00-A99)</desc>
 <excludes1><note>chapter one</note></excludes1>
 <section id="A00-A09"><desc>Section (A00-A09)</desc><excludes1><note>section one</note></excludes1>
  <diag><name>A00</name><desc>Category</desc><excludes1><note>category one</note></excludes1>
   <codeFirst><note>something (B00.-)</note></codeFirst>
   <useAdditionalCode><note>code to say more:</note><note>this (Z00)</note></useAdditionalCode>
   <codeAlso><note>that</note></codeAlso><includes><note>in it</note></includes>
   <diag><name>A00.0</name><desc>Category, first</desc><excludes1><note>own one</note></excludes1>
    <excludes2><note>own two</note></excludes2><inclusionTerm><note>First kind</note></inclusionTerm></diag>
   <diag><name>A00.1</name><desc>Category, second</desc></diag>
  </diag></section></chapter>"""
SEVENTH = """<chapter><name>19</name><desc>Injury</desc><section id="S00-S09"><desc>Head</desc>
 <diag><name>S00</name><desc>Injury of head</desc>
  <sevenChrNote><note>The appropriate 7th character is to be added to each code</note></sevenChrNote>
  <sevenChrDef><extension char="A">initial encounter</extension><extension char="D">subsequent encounter</extension>
   <extension char="S">sequela</extension></sevenChrDef>
  <diag><name>S00.1</name><desc>Short one</desc></diag>
  <diag><name>S00.2</name><desc>Parted one</desc>
   <diag placeholder="true"><name>S00.2X</name><desc>Parted one</desc>
    <diag><name>S00.2X1</name><desc>Parted one, right</desc></diag>
    <diag><name>S00.2X2</name><desc>Parted one, left</desc></diag></diag></diag>
  <diag><name>S00.3</name><desc>Own characters</desc>
   <sevenChrDef><extension char="0">without</extension><extension char="1">with</extension></sevenChrDef></diag>
 </diag></section></chapter>"""
CODES = ("S001XXA", "S001XXD", "S001XXS", "S002X1A", "S002X2A", "S003XX0", "S003XX1")


@pytest.fixture
def notes(tmp_path: Path) -> CodeBook:
    return small_book(tmp_path / "notes.xml", NOTES, "A000", "A001")


@pytest.fixture
def seventh(tmp_path: Path) -> CodeBook:
    return small_book(tmp_path / "seventh.xml", SEVENTH, *CODES)


def entry_of(book: CodeBook, code: str) -> Icd10cmEntry:
    entry = book.icd10cm(code)
    assert entry
    return entry


def test_notes_come_from_the_code_up_to_the_chapter(notes: CodeBook) -> None:
    found = entry_of(notes, "A00.0").excludes1
    assert [(note.lines[0], note.place, note.is_inherited) for note in found] == [
        ("own one", "A00.0", False),
        ("category one", "A00", True),
        ("section one", "section A00-A09", True),
        ("chapter one", "chapter 9", True),
    ]


def test_a_sibling_has_the_inherited_notes_alone(notes: CodeBook) -> None:
    entry = entry_of(notes, "A00.1")
    assert [note.lines[0] for note in entry.excludes1] == ["category one", "section one", "chapter one"]
    assert entry.excludes2 == ()
    assert entry.inclusion_terms == ()


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        (NoteKind.INCLUDES, ("in it",)),
        (NoteKind.CODE_FIRST, ("something (B00.-)",)),
        (NoteKind.USE_ADDITIONAL, ("code to say more:", "this (Z00)")),
        (NoteKind.CODE_ALSO, ("that",)),
    ],
)
def test_every_kind_of_note_is_inherited_with_its_lines(
    notes: CodeBook, kind: NoteKind, lines: tuple[str, ...]
) -> None:
    (note,) = entry_of(notes, "A00.1").notes_of(kind)
    assert (note.lines, note.place, note.origin.kind) == (lines, "A00", NodeKind.CODE)


def test_the_short_names_of_the_kinds_agree_with_the_kinds(notes: CodeBook) -> None:
    entry = entry_of(notes, "A00")
    assert entry.includes == entry.notes_of(NoteKind.INCLUDES)
    assert entry.code_first == entry.notes_of(NoteKind.CODE_FIRST)
    assert entry.use_additional == entry.notes_of(NoteKind.USE_ADDITIONAL)
    assert entry.code_also == entry.notes_of(NoteKind.CODE_ALSO)
    assert all(not note.is_inherited for note in entry.code_first)


def test_a_header_is_complete_with_the_codes_under_it(notes: CodeBook) -> None:
    assert entry_of(notes, "A00").is_header
    choices = notes.completions(Code.icd10cm("A00"), ON)
    assert [(one.characters, one.meaning, one.is_billable) for one in choices] == [
        ("0", "first", True),
        ("1", "second", True),
    ]


@pytest.mark.parametrize(
    ("code", "title"),
    [
        pytest.param("S00.1XXA", "Short one, initial encounter", id="two placeholders"),
        pytest.param("S00.2X1A", "Parted one, right, initial encounter", id="a placeholder of the list's own"),
        pytest.param("S00.3XX1", "Own characters, with", id="its own characters, not those above"),
    ],
)
def test_a_seventh_character_joins_its_meaning_to_the_title(seventh: CodeBook, code: str, title: str) -> None:
    entry = entry_of(seventh, code)
    assert (entry.title, entry.is_header, entry.has_text) == (title, False, True)


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("S00.1A", id="no placeholders"),
        pytest.param("S00.1XA", id="one placeholder too few"),
        pytest.param("S00.1AXA", id="a letter where a placeholder stands"),
        pytest.param("S00.1XXQ", id="a character that is not listed"),
        pytest.param("S00.3XXA", id="a character listed above but not here"),
        pytest.param("S00.2XXA", id="a header's seventh character"),
    ],
)
def test_no_other_way_to_write_it_is_known(seventh: CodeBook, code: str) -> None:
    assert seventh.icd10cm(code) is None
    assert seventh.is_valid(Code.icd10cm(code), ON).state is ValidityState.UNKNOWN


@pytest.mark.parametrize(
    ("code", "choices"),
    [
        pytest.param("S00.1", ["XXA", "XXD", "XXS"], id="placeholders and character at once"),
        pytest.param("S00.1X", ["XA", "XD", "XS"], id="one placeholder typed"),
        pytest.param("S00.1XX", ["A", "D", "S"], id="both placeholders typed"),
        pytest.param("S00.2", ["X1", "X2"], id="over a placeholder of the list"),
        pytest.param("S00.2X", ["1", "2"], id="from the placeholder on"),
        pytest.param("S00.2X1", ["A"], id="only what may be reported"),
        pytest.param("S00", ["1", "2", "3"], id="from the category"),
        pytest.param("S00.1XXA", [], id="nothing follows a whole code"),
        pytest.param("S00.9", [], id="nothing follows what is not there"),
    ],
)
def test_completions_go_on_from_wherever_one_stopped(seventh: CodeBook, code: str, choices: list[str]) -> None:
    assert [one.characters for one in seventh.completions(Code.icd10cm(code), ON)] == choices


def test_seventh_characters_are_those_nearest_above(seventh: CodeBook) -> None:
    assert [char for char, _ in entry_of(seventh, "S00.2X1").seventh_characters] == ["A", "D", "S"]
    assert [char for char, _ in entry_of(seventh, "S00.3").seventh_characters] == ["0", "1"]


def test_the_list_is_flat_and_each_node_knows_its_end(tmp_path: Path) -> None:
    nodes = tabular(tmp_path / "a.xml", NOTES)
    assert [node.name for node in nodes] == ["9", "A00-A09", "A00", "A000", "A001"]
    assert [node.parent for node in nodes] == [-1, 0, 1, 2, 2]
    assert [node.end for node in nodes] == [5, 5, 5, 4, 5]


def test_space_and_markup_inside_texts_are_made_even(tmp_path: Path) -> None:
    (chapter, code) = tabular(
        tmp_path / "a.xml",
        "<chapter><name> 1 </name><desc>  Two\n   words </desc><includes><note>a <b>bold</b>\n word</note>"
        "<note> </note></includes><diag><name>A00.0</name><desc/></diag></chapter>",
    )
    assert (chapter.name, chapter.title) == ("1", "Two words")
    assert chapter.notes == ((NoteKind.INCLUDES, ("a bold word",)),)
    assert (code.name, code.title) == ("A000", "")


def test_a_section_that_only_spans_others_is_above_them(tmp_path: Path) -> None:
    inner = "<diag><name>T20</name><desc>Burn</desc></diag>"
    text = (
        "<chapter><name>19</name><desc>Injury</desc>"
        '<section id="T07-T88"><desc>All</desc></section><section id="T20-T32"><desc>Burns</desc></section>'
        f'<section id="T20-T25"><desc>Outside</desc>{inner}</section>'
        '<section id="T33-T34"><desc>Cold</desc><diag><name>T33</name><desc>Frostbite</desc></diag></section></chapter>'
    )
    book = small_book(tmp_path / "a.xml", text, "T20", "T33")
    assert [step.name for step in entry_of(book, "T20").path] == ["19", "T07-T88", "T20-T32", "T20-T25"]
    assert [step.name for step in entry_of(book, "T33").path] == ["19", "T07-T88", "T33-T34"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("<x/>", id="another document"),
        pytest.param("<t><chapter><name>1</name>", id="cut off"),
        pytest.param("<t><chapter></wrong></t>", id="crossed tags"),
        pytest.param("<t><section id='A00'/></t>", id="no chapter"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "icd10cm_tabular.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        read_tabular(path)
    assert (caught.value.refusal.source, caught.value.refusal.rule) == ("icd10cm_tabular.xml", "codesets.tabular")
