"""The Alphabetic Index and its three relatives, where they are loaded: browsing, and phrases for the code search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from charthouse.engines.codesets.shelf import Release, ReleaseState, Shelf, Table, Value

INDEXES = (Table.ICD10CM_INDEX, Table.ICD10CM_EXTERNAL_CAUSE, Table.ICD10CM_NEOPLASM, Table.ICD10CM_DRUG)
_COLUMNS = "number, level, title, nonessential, code, see, see_also, path"
_FEWEST = 2  # characters of a code that an entry has to give to be of use


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """An entry of an index: its words, what may stand beside them, and where they lead."""

    number: int
    level: int
    title: str
    nonessential: str
    code: str
    see: str
    see_also: str
    path: str


class IndexTerms:
    """The indexes on a shelf, by day. The release before answers while the newer one is not loaded yet."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def release(self, on: date, table: Table = Table.ICD10CM_INDEX) -> Release | None:
        """The index that serves a day: the one in force, else the last one before."""
        in_force = self._shelf.on(table, on)
        begun = [one for one in self._shelf.releases(table) if one.state is ReleaseState.IN_FORCE and one.starts <= on]
        return in_force[0] if in_force else max(begun, key=lambda one: one.starts, default=None)

    def letters(self, on: date, table: Table = Table.ICD10CM_INDEX) -> tuple[str, ...]:
        """The letters it has."""
        return tuple(str(row[0]) for row in self._rows(on, table, "SELECT DISTINCT letter FROM entry ORDER BY number"))

    def main_terms(self, letter: str, on: date, table: Table = Table.ICD10CM_INDEX) -> tuple[IndexEntry, ...]:
        """The main terms under a letter."""
        question = f"SELECT {_COLUMNS} FROM entry WHERE parent = 0 AND letter = ? ORDER BY number"  # noqa: S608
        return tuple(map(_entry, self._rows(on, table, question, letter)))

    def children(self, parent: int, on: date, table: Table = Table.ICD10CM_INDEX) -> tuple[IndexEntry, ...]:
        """What stands right under an entry."""
        question = f"SELECT {_COLUMNS} FROM entry WHERE parent = ? ORDER BY number"  # noqa: S608
        return tuple(map(_entry, self._rows(on, table, question, parent)))

    def leading_to(self, code: str, on: date, limit: int = 50) -> tuple[IndexEntry, ...]:
        """Entries of the Alphabetic Index that give a code (written with its dot), shortest way first."""
        question = f"SELECT {_COLUMNS} FROM entry WHERE code = ? ORDER BY level, number LIMIT {limit:d}"  # noqa: S608
        return tuple(map(_entry, self._rows(on, Table.ICD10CM_INDEX, question, code)))

    def phrases(self, on: date) -> Iterator[tuple[str, str]]:
        """The way to each code of the Alphabetic Index in words, and that code without its dot (it may be a stem)."""
        question = "SELECT path, code FROM entry WHERE code <> '' ORDER BY number"
        for path, codes in self._rows(on, Table.ICD10CM_INDEX, question):
            for code in str(codes).split(", "):
                dotless = code.rstrip("-").replace(".", "")
                if len(dotless) > _FEWEST:
                    yield str(path), dotless

    def _rows(self, on: date, table: Table, question: str, *given: Value) -> Iterator[tuple[Value, ...]]:
        release = self.release(on, table)
        return self._shelf.volume(release).rows(question, given) if release else iter(())


def _entry(row: tuple[Value, ...]) -> IndexEntry:
    number, level, *texts = row
    return IndexEntry(int(str(number)), int(str(level)), *map(str, texts))
