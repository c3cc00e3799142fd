"""The encoder: from what a coder types to the codes that may be reported on the day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from threading import RLock

from charthouse.engines.codesets import CodeBook
from charthouse.engines.encoder.by_words import EditionSearch, Usage
from charthouse.engines.encoder.hit import Hit
from charthouse.engines.encoder.index import open_index
from charthouse.engines.encoder.inpatient import InpatientSearch
from charthouse.engines.encoder.lexicon import Lexicon, load_lexicon
from charthouse.engines.encoder.procedures import LocalCode, ProcedureHit, find_procedures
from charthouse.engines.encoder.text_index import TextIndex
from charthouse.kit import Code

_CODE_LIKE = re.compile(r"[A-Z][0-9A-Z]{2}(\.?[0-9A-Z]{0,4})|[A-Z][0-9][0-9A-Z]?\.?", re.ASCII)
LONGEST_QUERY = 200
_NEVER_USED: Usage = {}


class Encoder:
    """Finds codes. Read-only after it is built and safe between threads.

    `cache` is a folder that keeps the index: whoever comes first builds it in a few seconds, everybody else maps it.
    `without_terms` are (dotless code, inclusion term) pairs that the index must not know (to measure the search).
    """

    def __init__(
        self,
        book: CodeBook,
        cache: Path | None = None,
        lexicon: Lexicon | None = None,
        without_terms: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        self._book, self._cache, self._without = book, cache, without_terms
        self._lexicon = lexicon or load_lexicon()
        self._editions: dict[str, EditionSearch] = {}
        self._opening = RLock()
        self._inpatient = InpatientSearch(book, self._lexicon)

    def warm(self, on: date) -> None:
        """Open the index that answers for a day now, so that nobody waits for it later."""
        self._on(on)

    def search(self, query: str, on: date, limit: int = 20, usage: Usage = _NEVER_USED) -> list[Hit]:
        """ICD-10-CM codes for a code prefix or for words, best first, each valid on that day or leading to one.

        `usage` says how often codes were used here: of near equals, the used one comes first.
        """
        text = query[:LONGEST_QUERY].strip()
        if not text or limit < 1 or not any(sign.isascii() and sign.isalnum() for sign in text):
            return []
        if _CODE_LIKE.fullmatch(text.upper()):
            found = self._by_code(text.upper().replace(".", ""), on, limit)
            if found:
                return found
        return self._on(on).search(text, on, limit, usage)

    def best_codes(self, query: str, on: date, limit: int = 10) -> list[str]:
        """Billable codes with their dot, best first; an incomplete code stands for the first that completes it."""
        found: dict[str, None] = {}
        for hit in self.search(query, on, limit):
            found.setdefault(hit.code.display if hit.is_billable else self._first_billable(hit, on))
        return [code for code in found if code][:limit]

    def containing(self, text: str, on: date) -> Iterator[str]:
        """Dotless codes valid on the day whose title holds a text as it is written: all that SQL's LIKE would find."""
        return self._on(on).containing(text, on)

    def search_procedures(
        self, query: str, on: date, local: Sequence[LocalCode] = (), limit: int = 20
    ) -> list[ProcedureHit]:
        """A practice's own codes first, then HCPCS Level II codes valid on that day."""
        return find_procedures(self._book, query[:LONGEST_QUERY], on, local, limit)

    def search_inpatient(self, query: str, on: date, limit: int = 20) -> list[str]:
        """ICD-10-PCS codes valid on that day, by their start or by words, best first."""
        return self._inpatient.search(query[:LONGEST_QUERY], on, limit)

    def text_index(self, rows: Iterable[tuple[str, str]]) -> TextIndex:
        """An index over codes and their texts that reads what is typed by the same lexicon."""
        return TextIndex(rows, self._lexicon)

    def _on(self, on: date) -> EditionSearch:
        edition = self._book.edition(on)
        known = self._editions.get(edition.name)
        if known is None:
            with self._opening:
                if edition.name not in self._editions:
                    phrases = self._book.index_phrases(edition.ends)
                    index = open_index(edition, self._cache, self._without, phrases)
                    self._editions[edition.name] = EditionSearch(self._book, edition, index, self._lexicon)
                known = self._editions[edition.name]
        return known

    def _by_code(self, prefix: str, on: date, limit: int) -> list[Hit]:
        code, words = Code.icd10cm(prefix), self._on(on)
        choices = tuple(self._book.completions(code, on))
        found: list[Hit] = []
        if choices and self._book.edition(on).has_text(prefix):
            found.append(Hit(code, words.title(prefix), 1.0, (), "starts with this code", False, choices))
        for value in self._billable(prefix, on, limit - len(found)):
            found.append(words.hit(value, 1.0, (), "code", on))
        return found

    def _billable(self, prefix: str, on: date, most: int) -> Iterator[str]:
        for _, value in zip(range(most), self._book.billable(prefix, on), strict=False):
            yield value

    def _first_billable(self, hit: Hit, on: date) -> str:
        first = next(self._book.billable(hit.code.value, on), "")
        return Code.icd10cm(first).display if first else ""
