"""The Alphabetic Index and its three relatives, where they are loaded: browsing, and phrases for the code search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from charthouse.engines.codesets.shelf import Release, ReleaseState, Shelf, Table, Value

INDEXES = (Table.ICD10CM_INDEX, Table.ICD10CM_EXTERNAL_CAUSE, Table.ICD10CM_NEOPLASM, Table.ICD10CM_DRUG)
_COLUMNS = "number, level, title, nonessential, code, see, see_also, path"
_MOST_WORDS = 12
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


@dataclass(frozen=True, slots=True)
class IndexCell:
    """A column of the neoplasm or drug table at an entry: what the column is for, and its code."""

    heading: str
    code: str


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

    def branch(
        self, number: int, on: date, table: Table = Table.ICD10CM_INDEX, limit: int = 2000
    ) -> tuple[IndexEntry, ...]:
        """An entry and everything under it, in the order of the book; empty when there is none of that number."""
        own = next(self._rows(on, table, "SELECT level FROM entry WHERE number = ?", number), None)
        if own is None:
            return ()
        after = "SELECT min(number) FROM entry WHERE number > ? AND level <= ?"
        end = next(self._rows(on, table, after, number, own[0]))[0]
        question = (
            f"SELECT {_COLUMNS} FROM entry WHERE number >= ? AND (number < ? OR ? IS NULL) "  # noqa: S608
            f"ORDER BY number LIMIT {limit:d}"
        )
        return tuple(map(_entry, self._rows(on, table, question, number, end, end)))

    def leading_to(self, code: str, on: date, limit: int = 50) -> tuple[IndexEntry, ...]:
        """Entries of the Alphabetic Index that give a code (written with its dot), shortest way first."""
        question = f"SELECT {_COLUMNS} FROM entry WHERE code = ? ORDER BY level, number LIMIT {limit:d}"  # noqa: S608
        return tuple(map(_entry, self._rows(on, Table.ICD10CM_INDEX, question, code)))

    def find(self, words: str, on: date, limit: int = 50, table: Table = Table.ICD10CM_INDEX) -> tuple[IndexEntry, ...]:
        """Entries whose way from the main term down has every word, or one that starts so; shortest way first."""
        asked = words.split()[:_MOST_WORDS]
        if not asked:
            return ()
        like = " AND ".join(["' ' || replace(path, '-', ' ') LIKE ? ESCAPE '!'"] * len(asked))
        question = f"SELECT {_COLUMNS} FROM entry WHERE {like} ORDER BY level, length(path), number LIMIT {limit:d}"  # noqa: S608
        given = (f"% {_literal(word)}%" for word in asked)
        return tuple(map(_entry, self._rows(on, table, question, *given)))

    def cells(self, number: int, on: date, table: Table) -> tuple[IndexCell, ...]:
        """The columns of an entry of the neoplasm or drug table."""
        question = "SELECT heading, code FROM cell WHERE entry = ? ORDER BY position"
        return tuple(IndexCell(str(heading), str(code)) for heading, code in self._rows(on, table, question, number))

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


def _literal(word: str) -> str:
    """A word for LIKE: signs that mean something there stand for themselves."""
    return "".join(f"!{sign}" if sign in "!%_" else sign for sign in word)


def _entry(row: tuple[Value, ...]) -> IndexEntry:
    number, level, *texts = row
    return IndexEntry(int(str(number)), int(str(level)), *map(str, texts))
