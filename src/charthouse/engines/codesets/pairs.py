"""Codes that the tabular list sends to each other: code first, use additional, code also; and who names a code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from charthouse.engines.codesets.edition import Edition
from charthouse.engines.codesets.entries import Icd10cmEntry, Step
from charthouse.engines.codesets.line_references import Reference, references
from charthouse.engines.codesets.tabular import NodeKind, NoteKind
from charthouse.kit import Code

Direction = Literal["before", "after", "either"]
# Where the other code goes when the note is read at the code itself; and when another code's note names it.
_OTHER_GOES: dict[NoteKind, Direction] = {
    NoteKind.CODE_FIRST: "before",
    NoteKind.USE_ADDITIONAL: "after",
    NoteKind.CODE_ALSO: "either",
}
_TURNED: dict[Direction, Direction] = {"before": "after", "after": "before", "either": "either"}


@dataclass(frozen=True, slots=True)
class Pair:
    """One line of a note. `codes` (as people write them, ranges among them) go before or after this code.

    `origin` is where the note stands. `is_named` when that is elsewhere and names this code: then `codes` are whose
    note it is. Lines that name no code have none.
    """

    kind: NoteKind
    text: str
    origin: Step
    codes: tuple[str, ...]
    direction: Direction
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class _Naming:
    node: int
    kind: NoteKind
    reference: Reference


class Pairs:
    """The pairs of one edition; its notes are read through when the first code is asked for."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._named: list[_Naming] | None = None

    def of(self, entry: Icd10cmEntry) -> tuple[Pair, ...]:
        """What the notes at and above a code ask for, then whose notes name it."""
        return (*self._own(entry), *self._naming(entry))

    def _own(self, entry: Icd10cmEntry) -> Iterator[Pair]:
        for note in entry.notes:
            if note.kind in _OTHER_GOES:
                for line in note.lines:
                    codes = tuple(dict.fromkeys(one.display for one in references([line])))
                    yield Pair(note.kind, line, note.origin, codes, _OTHER_GOES[note.kind])

    def _naming(self, entry: Icd10cmEntry) -> Iterator[Pair]:
        value = entry.code.value
        above = {step.name.replace(".", "") for step in entry.path} | {value}
        for one in self._all():
            node = self._edition.nodes[one.node]
            if node.name not in above and one.reference.covers(value, self._edition):
                name = Code.icd10cm(node.name).display if node.kind is NodeKind.CODE else node.name
                origin = Step(node.kind, name, node.title)
                direction = _TURNED[_OTHER_GOES[one.kind]]
                yield Pair(one.kind, one.reference.line, origin, (name,), direction, is_named=True)

    def _all(self) -> list[_Naming]:
        if self._named is None:
            self._named = [
                _Naming(place, kind, reference)
                for place, node in enumerate(self._edition.nodes)
                for kind, lines in node.notes
                if kind in _OTHER_GOES
                for reference in references(lines)
            ]
        return self._named
