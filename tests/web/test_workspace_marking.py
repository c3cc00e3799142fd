"""Text with marker pen: what is read is what is stored, whatever is marked in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from charthouse.web.presenters.marking import Mark, Paragraph, paragraphs

TEXT = "Treated for acute exacerbation of COPD.\n\nInsulin continued."


def words(paragraph: Paragraph) -> str:
    return "".join(piece.text for cell in paragraph.cells for piece in cell)


def marked(found: tuple[Paragraph, ...]) -> list[str]:
    return [piece.text for one in found for cell in one.cells for piece in cell if piece.is_marked]


def named(found: tuple[Paragraph, ...]) -> list[str]:
    return [label.text for one in found for cell in one.cells for piece in cell for label in piece.labels]


def test_each_line_is_a_paragraph_that_knows_its_place() -> None:
    first, second = paragraphs(2, TEXT)
    assert (first.section, first.start, words(first)) == (2, 0, "Treated for acute exacerbation of COPD.")
    assert (second.start, words(second)) == (41, "Insulin continued.")


def test_marked_words_carry_their_line_and_are_named_in_the_margin() -> None:
    found = paragraphs(0, TEXT, [Mark(12, 30, "1 J44.1", "line-1")])
    assert marked(found) == ["acute exacerbation"]
    piece = found[0].cells[0][1]
    assert piece.lines == "line-1"
    assert [(label.line, label.text) for label in piece.labels] == [("line-1", "1 J44.1")]


def test_overlapping_marks_are_cut_where_they_meet_and_each_is_named_once() -> None:
    found = paragraphs(0, TEXT, [Mark(12, 30, "1 J44.1", "a"), Mark(18, 38, "2 J18.9", "b")])
    pieces = found[0].cells[0]
    assert [(piece.text, piece.lines) for piece in pieces[1:4]] == [
        ("acute ", "a"),
        ("exacerbation", "a b"),
        (" of COPD", "b"),
    ]
    assert named(found) == ["1 J44.1", "2 J18.9"]


def test_a_mark_over_two_paragraphs_is_named_at_the_first_only() -> None:
    found = paragraphs(0, TEXT, [Mark(34, 48, "3 Z79.4", "c")])
    assert marked(found) == ["COPD.", "Insulin"]
    assert named(found) == ["3 Z79.4"]


def test_the_place_that_was_found_is_marked_apart_from_evidence() -> None:
    found = paragraphs(0, TEXT, [Mark(12, 30, "1", "a")], Mark(18, 30))
    assert [(piece.text, piece.is_marked, piece.is_found) for piece in found[0].cells[0][1:3]] == [
        ("acute ", True, False),
        ("exacerbation", True, True),
    ]


def test_a_line_with_tabs_is_a_row_of_cells() -> None:
    (row,) = paragraphs(0, "Pulse\t80\t/min")
    assert row.is_row
    assert ["".join(piece.text for piece in cell) for cell in row.cells] == ["Pulse\t", "80\t", "/min"]


def test_an_empty_cell_stays_a_cell() -> None:
    (row,) = paragraphs(0, "CBC\t\t8/6/2012")
    assert ["".join(piece.text for piece in cell) for cell in row.cells] == ["CBC\t", "\t", "8/6/2012"]


ENDS = st.tuples(st.integers(-5, 60), st.integers(-5, 60))
MARKS = st.lists(ENDS.map(lambda ends: Mark(min(ends), max(ends), "x", "y")))


@given(st.text(alphabet="ab \t\n😀é", max_size=50), MARKS)
def test_no_character_is_lost_or_moved_by_marking(text: str, marks: list[Mark]) -> None:
    for paragraph in paragraphs(0, text, marks):
        shown = words(paragraph)
        assert text[paragraph.start : paragraph.start + len(shown)] == shown
    assert "\n".join(line for line in text.split("\n") if line) == "\n".join(map(words, paragraphs(0, text, marks)))
