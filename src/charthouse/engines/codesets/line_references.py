"""Reads the codes a note of the tabular list names: `J44.-`, `I10-I1A`, `S06.1- to S06.6-`, with conditions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from charthouse.engines.codesets.edition import Edition
from charthouse.kit import Code

_CODE = r"[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{0,4})?"
_REFERENCE = re.compile(rf"\b({_CODE})-?\s?(?:-|to|through)\s?({_CODE})|\b({_CODE})", re.ASCII)
_CONDITION = re.compile(
    r"with (fifth or sixth|fifth to sixth|fifth|5th|sixth|final|seventh)[ -]characters? "
    r"[-.]?([0-9A-Z]+(?:(?:-|, | or )[0-9A-Z])*)",
    re.ASCII,
)
_PLACES = {"fifth or sixth": (4, 5), "sixth": (5,), "seventh": (6,), "final": (-1,)}
_FIFTH = (4,)
_WITH = re.compile(r"[0-9]-?\)? with ", re.ASCII)


@dataclass(frozen=True, slots=True)
class Reference:
    """Codes from `first` to `last` (dotless stems, equal for a single stem) with one of `characters` at a place.

    A place of -1 is the end of the code. `is_plain` is False when the line sets a condition that was not understood.
    """

    first: str
    last: str
    line: str
    places: tuple[int, ...] = ()
    characters: frozenset[str] = frozenset()
    is_plain: bool = True

    @property
    def display(self) -> str:
        """How people write it: `N18.3`, `I10-I1A`."""
        first, last = Code.icd10cm(self.first).display, Code.icd10cm(self.last).display
        return first if self.first == self.last else f"{first}-{last}"

    def covers(self, code: str, edition: Edition) -> bool:
        """Whether a dotless code is meant, in the order of that edition."""
        if not self._in_range(code, edition):
            return False
        return not self.places or any(
            _stands(code, place, wanted) for place in self.places for wanted in self.characters
        )

    def _in_range(self, code: str, edition: Edition) -> bool:
        if self.first == self.last:
            return code.startswith(self.first)
        start, end = edition.node_index(self.first), edition.node_index(self.last)
        here = _place(code, edition)
        if start is None or end is None or here is None:
            return self.first <= code and code[: len(self.last)] <= self.last
        # Document order, not letters: M1A stands beside M10.
        return start <= here < edition.nodes[end].end


def references(lines: Iterable[str]) -> tuple[Reference, ...]:
    """Every reference in the lines of a note."""
    return tuple(reference for line in lines for reference in _of_line(line))


@lru_cache(maxsize=20_000)
def _of_line(line: str) -> tuple[Reference, ...]:
    condition = _CONDITION.search(line)
    places = _PLACES.get(condition[1], _FIFTH) if condition else ()
    characters = _characters(condition[2]) if condition else frozenset[str]()
    is_plain = condition is not None or not (" character" in line or _WITH.search(line))
    found = []
    for match in _REFERENCE.finditer(line):
        first = (match[1] or match[3]).replace(".", "")
        last = (match[2] or match[3]).replace(".", "")
        found.append(Reference(first, last, line, places, characters, is_plain))
    return tuple(found)


def _characters(text: str) -> frozenset[str]:
    """`1-4 or 6` as 1, 2, 3, 4, 6; `23` as itself."""
    found: set[str] = set()
    for first, last in re.findall(r"\b([0-9A-Z]+)\b(?:-([0-9A-Z])\b)?", text):
        if last and len(first) == 1:
            found.update(chr(point) for point in range(ord(first), ord(last) + 1))
        else:
            found.add(first)
    return frozenset(found)


def _stands(code: str, place: int, wanted: str) -> bool:
    return code.endswith(wanted) if place < 0 else code.startswith(wanted, place)


def _place(code: str, edition: Edition) -> int | None:
    """Where a code stands in the tabular list; a code newer than the text stands at its longest known stem."""
    for size in range(len(code), 2, -1):
        index = edition.node_index(code[:size])
        if index is not None:
            return index
    return None
