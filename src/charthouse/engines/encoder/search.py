"""The encoder: from what a coder types to the codes that may be reported on the day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from charthouse.engines.codesets import NO_TEXT, CodeBook, Completion
from charthouse.engines.encoder.index import Index
from charthouse.engines.encoder.lexicon import Lexicon, Reading, load_lexicon
from charthouse.engines.encoder.procedures import LocalCode, ProcedureHit, find_procedures
from charthouse.engines.encoder.rank import Concept, Ranked, rank
from charthouse.engines.encoder.words import content_words, stem, words_of
from charthouse.kit import Code

_CODE_LIKE = re.compile(r"[A-Z][0-9][0-9A-Z](\.?[0-9A-Z]{0,4})|[A-Z][0-9][0-9A-Z]?\.?", re.ASCII)
_TITLE_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
LONGEST_QUERY = 200
_MOST_WORDS = 14
_ALIKE_TRUST, _PREFIX_TRUST, _TYPO_TRUST = 0.9, 0.85, 0.8


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer. `matched` are the words of the title to highlight; `completions` the codes beside or below it."""

    code: Code
    title: str
    score: float
    matched: tuple[str, ...]
    reason: str
    is_billable: bool
    completions: tuple[Completion, ...] = ()
    marks: tuple[str, ...] = ()


class Encoder:
    """Finds codes. Built once per code book (one to three seconds); read-only afterwards and safe between threads."""

    def __init__(self, book: CodeBook, index: Index | None = None, lexicon: Lexicon | None = None) -> None:
        self._book = book
        self._index = index or Index(book)
        self._lexicon = lexicon or load_lexicon()

    def search(self, query: str, on: date, limit: int = 20) -> list[Hit]:
        """ICD-10-CM codes for a code prefix or for words, best first, each valid on that day or leading to one."""
        text = query[:LONGEST_QUERY].strip()
        if not text or limit < 1:
            return []
        if _CODE_LIKE.fullmatch(text.upper()):
            found = self._by_code(text.upper().replace(".", ""), on, limit)
            if found:
                return found
        return self._by_words(text, on, limit)

    def search_procedures(
        self, query: str, on: date, local: Sequence[LocalCode] = (), limit: int = 20
    ) -> list[ProcedureHit]:
        """A practice's own codes first, then HCPCS Level II codes valid on that day."""
        return find_procedures(self._book, query[:LONGEST_QUERY], on, local, limit)

    def _by_code(self, prefix: str, on: date, limit: int) -> list[Hit]:
        found: list[Hit] = []
        code = Code.icd10cm(prefix)
        choices = tuple(self._book.completions(code, on))
        entry = self._book.icd10cm(prefix)
        if entry and choices:
            found.append(Hit(code, entry.title, 1.0, (), "starts with this code", False, choices))
        for value in self._book.billable(prefix, on):
            if len(found) >= limit:
                break
            found.append(self._hit(value, 1.0, frozenset(), "code", on))
        return found

    def _by_words(self, text: str, on: date, limit: int) -> list[Hit]:
        best: dict[int, tuple[float, Ranked, Reading]] = {}
        words = self._parted(content_words(text)[:_MOST_WORDS])
        ranking: dict[tuple[str, ...], list[Ranked]] = {}
        for reading in self._lexicon.readings(words):
            worth = 1.0 if reading.expanded else 0.97
            if reading.words not in ranking:  # one phrase may lead to several codes by the same words
                ranking[reading.words] = rank(self._index, self._concepts(reading.words))
            for ranked in ranking[reading.words]:
                score = ranked.score * worth
                if reading.code and self._index.code_of(self._index.leaves[ranked.place]).startswith(reading.code):
                    score += 0.5
                if ranked.place not in best or score > best[ranked.place][0]:
                    best[ranked.place] = (score, ranked, reading)
        ordered = sorted(best.values(), key=lambda item: (-item[0], item[1].place))
        return list(self._hits(ordered, frozenset(map(stem, words_of(text))), on, limit))

    def _hits(
        self, ordered: Iterable[tuple[float, Ranked, Reading]], asked: frozenset[str], on: date, limit: int
    ) -> Iterable[Hit]:
        seen: set[tuple[int, tuple[str, ...]]] = set()
        left = limit
        for score, ranked, reading in ordered:
            leaf = self._index.leaves[ranked.place]
            if leaf.group in seen:
                continue
            hit = self._leaf_hit(ranked, score, reading, asked, on)  # None when no code under it is valid on the day
            if hit:
                seen.add(leaf.group)
                yield hit
                left -= 1
                if not left:
                    return

    def _leaf_hit(self, ranked: Ranked, score: float, reading: Reading, asked: frozenset[str], on: date) -> Hit | None:
        leaf = self._index.leaves[ranked.place]
        name = self._index.code_of(leaf)
        choices = list(self._book.billable(name, on))
        if not choices:
            return None
        reason = _reason(ranked, reading, self._book.edition().nodes[leaf.node].title)
        if choices == [name]:
            beside = self._index.group_of(leaf)
            siblings = tuple(self._sibling(code) for code in beside if code != name and self._is_billable(code, on))
            return self._hit(name, score, ranked.matched, reason, on, siblings)
        below = tuple(self._book.completions(Code.icd10cm(name), on))
        if not any(self._index.has_text(choice.code.value) for choice in below):
            title = self._title(name)
            return Hit(Code.icd10cm(name), title, score, _shown(title, ranked.matched), reason, False, below)
        chosen = max(below, key=lambda choice: len(asked.intersection(map(stem, words_of(choice.meaning)))))
        return self._hit(chosen.code.value, score, ranked.matched, reason, on, below)

    def _hit(
        self,
        value: str,
        score: float,
        matched: frozenset[str],
        reason: str,
        on: date,
        completions: tuple[Completion, ...] = (),
    ) -> Hit:
        title = self._title(value)
        marks = tuple(sorted(self._book.validity.traits.get(value, frozenset())))
        is_billable = self._is_billable(value, on)
        return Hit(Code.icd10cm(value), title, score, _shown(title, matched), reason, is_billable, completions, marks)

    def _sibling(self, value: str) -> Completion:
        return Completion(Code.icd10cm(value), value[-1], self._title(value), True)

    def _title(self, value: str) -> str:
        """The title alone: a whole entry of the code book costs fifty times as much, and a search shows many."""
        title = self._book.edition().title(value)
        return title or (NO_TEXT if value in self._book.validity.periods else "")

    def _is_billable(self, value: str, on: date) -> bool:
        return self._book.validity.is_valid(value, on)

    def _parted(self, words: Sequence[str]) -> list[str]:
        """Words with those written as one (`heartattack`) taken apart."""
        vocabulary = self._index.vocabulary
        found: list[str] = []
        for word in words:
            is_known = word in vocabulary or self._lexicon.knows(word) or vocabulary.starting(word, 1)
            found += (None if is_known else vocabulary.split(word)) or (word,)
        return found

    def _concepts(self, words: Sequence[str]) -> list[Concept]:
        found: dict[str, Concept] = {}
        for place, word in enumerate(words):
            concept = self._concept(word, is_last=place == len(words) - 1)
            if concept:
                found.setdefault(concept.word, concept)
        return list(found.values())

    def _concept(self, word: str, *, is_last: bool) -> Concept | None:
        """What a word stands for: its stem and its likes, else words it begins, else words it may be a slip of."""
        index, stems = self._index, {}
        own = stem(word)
        if own in index.postings:
            stems[own] = 1.0
        for other in sorted(self._lexicon.alike(own)):
            if other in index.postings:
                stems[other] = _ALIKE_TRUST
        if len(word) >= 3 and (not stems or (is_last and word not in index.vocabulary)):
            for known in index.vocabulary.starting(word):
                stems.setdefault(stem(known), _PREFIX_TRUST)
        if not stems:
            stems = {stem(known): _TYPO_TRUST for known in index.vocabulary.like(word)}
        if not stems:
            return None
        best = max(stems.values())
        weight = max(index.rarity[one] for one, trust in stems.items() if trust == best)
        return Concept(own, stems, weight)


def _shown(title: str, matched: frozenset[str]) -> tuple[str, ...]:
    """The words of a title to highlight, as they stand in it."""
    return tuple(dict.fromkeys(word for word in _TITLE_WORD.findall(title) if not matched.isdisjoint(_stems_of(word))))


@lru_cache(maxsize=40_000)
def _stems_of(word: str) -> frozenset[str]:
    """The stems of a written word (two for a hyphenated one)."""
    return frozenset(map(stem, words_of(word)))


def _reason(ranked: Ranked, reading: Reading, title: str) -> str:
    """Why a hit is there: what the query was read as, and whether all of it was found."""
    shown = _shown(title, ranked.matched)
    how = f"some words: {', '.join(shown)}" if shown else "some words"
    if ranked.coverage > 0.97:
        how = "all words" if shown else "all words, in a term listed under it"
    return " · ".join((*reading.expanded, how))
