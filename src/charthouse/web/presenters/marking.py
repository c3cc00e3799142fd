"""Text with marker pen: paragraphs cut into pieces where evidence, or a place that was found, begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked range of one section. `line` is the uid of the code it supports; the place that was found has none."""

    start: int
    end: int
    label: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """What stands in the margin where a mark begins: `2 J18.9`."""

    line: str
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under the same marks. `lines` are uids of codes, parted by blanks."""

    text: str
    lines: str = ""
    labels: tuple[Label, ...] = ()
    is_marked: bool = False
    is_found: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the stored text. `start` is its place in the section, by which evidence is told to the server.

    A line with tabs is a row of a table: a cell for each part, the tab at its end. Any other line is one cell.
    """

    section: int
    start: int
    cells: tuple[tuple[Piece, ...], ...]

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return len(self.cells) > 1


def paragraphs(section: int, text: str, marks: Sequence[Mark] = (), found: Mark | None = None) -> tuple[Paragraph, ...]:
    """The paragraphs of a section with their marks; empty lines are left out, every other character is kept."""
    return tuple(
        Paragraph(section, start, tuple(tuple(_pieces(cell, at, marks, found)) for at, cell in _cells(line, start)))
        for start, line in _lines(text)
        if line
    )


def _cells(line: str, start: int) -> Iterator[tuple[int, str]]:
    for cell in re.findall(r"[^\t]*\t|[^\t]+", line):
        yield start, cell
        start += len(cell)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _pieces(line: str, start: int, marks: Sequence[Mark], found: Mark | None) -> Iterator[Piece]:
    end = start + len(line)
    here = [mark for mark in marks if mark.start < end and mark.end > start]
    every = [*here, found] if found else here
    cuts = {start, end, *(min(max(place, start), end) for mark in every for place in (mark.start, mark.end))}
    for left, right in pairwise(sorted(cuts)):
        over = [mark for mark in here if mark.start <= left and right <= mark.end]
        yield Piece(
            text=line[left - start : right - start],
            lines=" ".join(mark.line for mark in over),
            # A mark that runs over several paragraphs is named where it begins, and only there.
            labels=tuple(Label(mark.line, mark.label) for mark in over if mark.start == left),
            is_marked=bool(over),
            is_found=found is not None and found.start <= left and right <= found.end,
        )
