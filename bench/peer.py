"""The peer of the search: SQLite FTS5 over the same codes, with titles, inclusion terms and the titles above them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import date

from charthouse.engines.codesets import CodeBook
from charthouse.kit import Code

_WORD = re.compile(r"[a-z0-9]+")
_STOP_TEXT = "a an and as at by due for from has in is nec no nos of on or other the to with"
_STOP = frozenset(_STOP_TEXT.split())
_ASK = """SELECT code FROM codes WHERE codes MATCH ?
    ORDER BY bm25(codes, 0, 3.0, 2.0, 1.0), length(code), code LIMIT ?"""


class Peer:
    """Full-text search as a database gives it: all words first, then any word to fill up."""

    def __init__(self, book: CodeBook, on: date, without_terms: frozenset[tuple[str, str]]) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute(
            "CREATE VIRTUAL TABLE codes USING fts5(code UNINDEXED, title, terms, above, tokenize='porter unicode61')"
        )
        rows = _rows(book, on, without_terms)
        self._database.executemany("INSERT INTO codes VALUES (?, ?, ?, ?)", rows)

    def search(self, query: str, limit: int) -> list[str]:
        """Dotted codes, best first."""
        every = _WORD.findall(query.lower())
        words = [word for word in every if word not in _STOP] or every
        if not words:
            return []
        found = self._ask(" AND ", words, limit)
        if len(found) < limit:
            found += [code for code in self._ask(" OR ", words, limit) if code not in found]
        return found[:limit]

    def _ask(self, joint: str, words: list[str], limit: int) -> list[str]:
        wanted = joint.join(f'"{word}"' for word in words)
        return [code for (code,) in self._database.execute(_ASK, (wanted, limit))]


def _rows(book: CodeBook, on: date, without: frozenset[tuple[str, str]]) -> Iterator[tuple[str, str, str, str]]:
    for value in book.billable("", on):
        entry = book.icd10cm(value)
        if entry is not None and entry.has_text:
            terms = [term for term in entry.inclusion_terms if (value, term) not in without]
            above = [step.title for step in entry.path]
            yield Code.icd10cm(value).display, entry.title, " | ".join(terms), " | ".join(above)
