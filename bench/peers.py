"""Peers of the search over the same codes, with titles, inclusion terms and the titles above them."""

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


class FullText:
    """Full-text search as a database gives it: all words first, then any word to fill up."""

    name = "SQLite FTS5"

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


class Like:
    """Every word somewhere in the code's texts, in code order, as OpenEMR looks codes up."""

    name = "SQL LIKE"

    def __init__(self, book: CodeBook, on: date, without_terms: frozenset[tuple[str, str]]) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE TABLE codes (code TEXT, text TEXT)")
        rows = ((code, f"{title} {terms}") for code, title, terms, _ in _rows(book, on, without_terms))
        self._database.executemany("INSERT INTO codes VALUES (?, ?)", rows)

    def search(self, query: str, limit: int) -> list[str]:
        """Dotted codes in code order."""
        words = query.split()
        if not words:
            return []
        where = " AND ".join(["text LIKE ?"] * len(words))
        ask = f"SELECT code FROM codes WHERE {where} ORDER BY code LIMIT ?"
        return [code for (code,) in self._database.execute(ask, [*(f"%{word}%" for word in words), limit])]


class Tantivy:
    """A full-text engine written in Rust, stemmed English, the best of its ways to ask tried in turn."""

    name = "tantivy"

    def __init__(self, book: CodeBook, on: date, without_terms: frozenset[tuple[str, str]]) -> None:
        import tantivy

        schema = tantivy.SchemaBuilder().add_text_field("code", stored=True, tokenizer_name="raw")
        for field in ("title", "terms", "above"):
            schema = schema.add_text_field(field, tokenizer_name="en_stem")
        self._index = tantivy.Index(schema.build())
        writer = self._index.writer()
        for code, title, terms, above in _rows(book, on, without_terms):
            writer.add_document(tantivy.Document(code=code, title=title, terms=terms, above=above))
        writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, query: str, limit: int) -> list[str]:
        """Dotted codes, best first."""
        words = " ".join(_WORD.findall(query.lower()))
        if not words:
            return []
        boosts = {"title": 3.0, "terms": 2.0, "above": 1.0}
        asked = self._index.parse_query(words, ["title", "terms", "above"], field_boosts=boosts)
        return [self._searcher.doc(place)["code"][0] for _, place in self._searcher.search(asked, limit).hits]


def _rows(book: CodeBook, on: date, without: frozenset[tuple[str, str]]) -> Iterator[tuple[str, str, str, str]]:
    for value in book.billable("", on):
        entry = book.icd10cm(value)
        if entry is not None and entry.has_text:
            terms = [term for term in entry.inclusion_terms if (value, term) not in without]
            above = [step.title for step in entry.path]
            yield Code.icd10cm(value).display, entry.title, " | ".join(terms), " | ".join(above)
