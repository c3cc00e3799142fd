"""Finding ICD-10-PCS codes by words: the surgeon's word for an operation is read as the book's root operation."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from threading import Lock

from charthouse.engines.codesets import CodeBook
from charthouse.engines.encoder.text_index import TextIndex
from charthouse.engines.encoder.words import words_of

_SPARE = 4  # how many times more are looked at than wanted: some are not valid on the day
_MOST_WORDS = 5  # in a phrase of the table


class InpatientSearch:
    """Finds codes of all years by their titles and keeps those of the day; its index is built by the first search."""

    def __init__(self, book: CodeBook) -> None:
        self._book, self._building = book, Lock()
        self._index: TextIndex | None = None

    def search(self, text: str, on: date, limit: int) -> list[str]:
        """Codes valid on a day, best first: by their start when one starts so, else by words."""
        typed = text.strip().upper()
        by_start = (
            [code for code, _ in zip(self._book.pcs_codes(typed, on), range(limit), strict=False)] if typed else []
        )
        if by_start:
            return by_start
        found: list[str] = []
        for code, _ in self._built().search(in_words_of_the_book(text), limit * _SPARE):
            if len(found) < limit and self._book.is_valid_pcs(code, on):
                found.append(code)
        return found

    def _built(self) -> TextIndex:
        with self._building:
            if self._index is None:
                self._index = TextIndex(self._book.pcs_titles())
        return self._index


def in_words_of_the_book(text: str) -> str:
    """A query with every phrase of the surgeon's replaced by the book's words, the longest phrases first."""
    words, known = words_of(text), _phrases()
    said: list[str] = []
    place = 0
    while place < len(words):
        for size in range(min(_MOST_WORDS, len(words) - place), 0, -1):
            phrase = " ".join(words[place : place + size])
            if phrase in known:
                said.append(known[phrase])
                place += size
                break
        else:
            said.append(words[place])
            place += 1
    return " ".join(said)


@cache
def _phrases() -> Mapping[str, str]:
    text = (files("charthouse.engines.encoder") / "data" / "inpatient.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return {" ".join(words_of(row["phrase"])): row["meaning"] for row in rows}
