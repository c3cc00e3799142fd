"""Finding ICD-10-PCS codes by words: the surgeon's word for an operation is read as the book's root operation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from itertools import islice
from threading import Lock

from charthouse.engines.codesets import CodeBook
from charthouse.engines.encoder.lexicon import Lexicon
from charthouse.engines.encoder.tables import rows
from charthouse.engines.encoder.text_index import TextIndex
from charthouse.engines.encoder.words import words_of

_SPARE = 4  # how many times more are looked at than wanted: some are not valid on the day
_MOST_WORDS = 5  # in a phrase of the table


class InpatientSearch:
    """Finds codes of all years by their titles and keeps those of the day; its index is built by the first search."""

    def __init__(self, book: CodeBook, lexicon: Lexicon) -> None:
        self._book, self._lexicon, self._building = book, lexicon, Lock()
        self._index: TextIndex | None = None

    def search(self, text: str, on: date, limit: int) -> list[str]:
        """Codes valid on a day, best first: by their start when one starts so, else by words."""
        typed = text.strip().upper()
        is_phrase = " ".join(words_of(text)) in _phrases()  # `CT` starts codes too, and nobody means those
        by_start = list(islice(self._book.pcs_codes(typed, on), limit)) if typed and not is_phrase else []
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
                self._index = TextIndex(self._book.pcs_titles(), self._lexicon)
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
            said.append(_composed(words[place]) or words[place])
            place += 1
    return " ".join(said)


def _composed(word: str) -> str:
    """What a word made of a body part and an ending says (`splen-ectomy`); empty for any other word."""
    roots, endings = _parts("root"), _parts("ending")
    cuts = (cut for cut in range(2, len(word) - 3) if word[cut:] in endings and word[:cut] in roots)
    return next((f"{endings[word[cut:]]} {roots[word[:cut]]}" for cut in cuts), "")


@cache
def _parts(kind: str) -> Mapping[str, str]:
    return {row["part"]: row["meaning"] for row in rows("inpatient_parts.csv") if row["kind"] == kind}


@cache
def _phrases() -> Mapping[str, str]:
    return {" ".join(words_of(row["phrase"])): row["meaning"] for row in rows("inpatient.csv")}
