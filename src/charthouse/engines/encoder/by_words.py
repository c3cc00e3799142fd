"""Searching one edition of the tabular list by words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

from charthouse.engines.codesets import NO_TEXT, CodeBook, Completion
from charthouse.engines.codesets.edition import Edition
from charthouse.engines.encoder.hit import Hit
from charthouse.engines.encoder.index import Index
from charthouse.engines.encoder.lexicon import Lexicon, Reading
from charthouse.engines.encoder.query import Reader
from charthouse.engines.encoder.rank import Concept, Ranked, matched, rank
from charthouse.engines.encoder.surfaces import Kind
from charthouse.engines.encoder.words import stem, words_of
from charthouse.kit import Code

_TITLE_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_POOL = 40  # ranked beyond what is asked for: some are not valid on the day, some differ by side alone
_SURE = 4  # best answers that keep their place whatever they are; after them come others of the first one's category
_CATEGORY = 3
_AS_WRITTEN, _MEANT, _ALL = 0.97, 0.5, 0.97
_MOST_USAGE, _PER_USE = 0.06, 0.015
Usage = Mapping[str, int]  # dotless codes, and how often they were used


@dataclass(frozen=True, slots=True)
class _Found:
    """A ranked leaf, and how the query was read to find it."""

    score: float
    ranked: Ranked
    reading: Reading
    concepts: Sequence[Concept]


class EditionSearch:
    """Finds leaves of an edition, and of each the code that is valid on the day."""

    def __init__(self, book: CodeBook, edition: Edition, index: Index, lexicon: Lexicon) -> None:
        self._book, self._edition, self._index = book, edition, index
        self._reader = Reader(index, lexicon)

    def search(self, text: str, on: date, limit: int, usage: Usage) -> list[Hit]:
        """Codes for words, best first; where fewer are found than wanted, those whose title holds the very text."""
        hits = self._ranked(text, on, limit, usage)
        problems = self._reader.problems(text)
        if problems:
            hits = self._with_each(problems, hits, on, usage)[:limit]
        if len(hits) < limit:
            shown = {hit.code.value for hit in hits}
            for code in self.containing(text, on):
                if len(hits) >= limit:
                    break
                if code not in shown:
                    hits.append(self.hit(code, 0.0, (), "has this text in its title", on))
        return hits

    def containing(self, text: str, on: date) -> Iterator[str]:
        """Dotless codes valid on the day whose title holds a text as it is written, in any case."""
        wanted, titles = text.lower(), self._titles
        leaf, line = 0, 0  # the leaf whose line was looked at last, and where that starts
        at = titles.find(wanted) if "\n" not in wanted else -1
        while at >= 0:
            leaf += titles.count("\n", line, at)
            yield from self._book.billable(self._index.code_of(leaf), on)
            line = titles.find("\n", at)
            at = titles.find(wanted, line)

    def hit(
        self,
        value: str,
        score: float,
        shown: tuple[str, ...],
        reason: str,
        on: date,
        completions: tuple[Completion, ...] = (),
    ) -> Hit:
        """A hit for a dotless code; `shown` are the words of its title to highlight."""
        title = self.title(value)
        marks = tuple(sorted(self._book.validity.traits.get(value, frozenset())))
        is_billable = self._book.validity.is_valid(value, on)
        return Hit(Code.icd10cm(value), title, score, shown, reason, is_billable, completions, marks)

    def title(self, value: str) -> str:
        """What a dotless code is called."""
        return self._edition.title(value) or (NO_TEXT if value in self._book.validity.periods else "")

    @cached_property
    def _titles(self) -> str:
        """The titles of all leaves, a line each."""
        return "\n".join(self._index.title_of(leaf).lower() for leaf in range(len(self._index.leaf_nodes))) + "\n"

    def _ranked(self, text: str, on: date, limit: int, usage: Usage) -> list[Hit]:
        best: dict[int, _Found] = {}
        ranking: dict[tuple[str, ...], tuple[list[Concept], list[Ranked]]] = {}
        for reading in self._reader.readings(text):
            worth = 1.0 if reading.expanded else _AS_WRITTEN
            if reading.words not in ranking:  # one phrase may lead to several codes by the same words
                concepts = self._reader.concepts(reading.words)
                ranking[reading.words] = concepts, rank(self._index, concepts, _POOL + limit)
            concepts, found = ranking[reading.words]
            for ranked in found:
                score = ranked.score * worth
                if reading.code or usage:
                    code = self._index.code_of(ranked.leaf)
                    is_meant = bool(reading.code) and code.startswith(reading.code)
                    score += _MEANT * is_meant + _often(usage.get(code, 0))
                if ranked.leaf not in best or score > best[ranked.leaf].score:
                    best[ranked.leaf] = _Found(score, ranked, reading, concepts)
        ordered = sorted(best.values(), key=lambda one: (-one.score, one.ranked.leaf))
        return list(self._hits(self._near_first(ordered), frozenset(map(stem, words_of(text))), on, limit))

    def _near_first(self, ordered: list[_Found]) -> Iterator[_Found]:
        """After the best few, the codes of the best one's category: what is said in other words stands near it."""
        yield from ordered[:_SURE]
        if len(ordered) <= _SURE:
            return
        code_of, rest = self._index.code_of, ordered[_SURE:_POOL]
        category = code_of(ordered[0].ranked.leaf)[:_CATEGORY]
        rest.sort(key=lambda one: not code_of(one.ranked.leaf).startswith(category))
        # Scores keep falling down the list: one that was overtaken is worth no more than what stands before it.
        least = ordered[_SURE - 1].score
        for one in (*rest, *ordered[_POOL:]):
            yield one if one.score <= least else replace(one, score=least)
            least = min(least, one.score)

    def _with_each(self, problems: Sequence[str], hits: list[Hit], on: date, usage: Usage) -> list[Hit]:
        """The best answer to each problem right after a code that says all of them."""
        each = [hit for part in problems for hit in self._ranked(part, on, 1, usage)]
        codes = {hit.code for hit in each}
        combined = [hit for hit in hits[:1] if "all words" in hit.reason and hit.code not in codes]
        first = [*combined, *(replace(hit, reason=f"{hit.reason} · one of {len(problems)} problems") for hit in each)]
        return [*first, *(hit for hit in hits if hit.code not in {one.code for one in first})]

    def _hits(self, ordered: Iterable[_Found], asked: frozenset[str], on: date, limit: int) -> Iterator[Hit]:
        seen: set[int] = set()
        for found in ordered:
            group = int(self._index.leaf_groups[found.ranked.leaf])
            hit = None if group in seen else self._leaf_hit(found, asked, on)  # None when nothing is valid on the day
            if hit:
                seen.add(group)
                yield hit
                if len(seen) == limit:
                    return

    def _leaf_hit(self, found: _Found, asked: frozenset[str], on: date) -> Hit | None:
        leaf = found.ranked.leaf
        name = self._index.code_of(leaf)
        choices = list(self._book.billable(name, on))
        if not choices:
            return None
        value, beside = self._answer(leaf, choices, asked, on)
        shown = _shown(self.title(value), matched(self._index, found.ranked.surface, found.concepts))
        is_named = int(self._index.surface_kinds[found.ranked.surface]) == Kind.NAME
        return self.hit(value, found.score, shown, _reason(found, shown, is_named=is_named), on, beside)

    def _answer(
        self, leaf: int, choices: list[str], asked: frozenset[str], on: date
    ) -> tuple[str, tuple[Completion, ...]]:
        """The code to show for a leaf, of those valid on the day, and what stands beside or below it."""
        name = self._index.code_of(leaf)
        if choices == [name]:
            sides = [code for code in self._index.group_of(leaf) if code != name]
            return name, tuple(self._sibling(code) for code in sides if self._book.validity.is_valid(code, on))
        below = tuple(self._book.completions(Code.icd10cm(name), on))
        if not any(self._edition.has_text(choice.code.value) for choice in below):
            return name, below
        chosen = max(below, key=lambda choice: len(asked.intersection(map(stem, words_of(choice.meaning)))))
        return chosen.code.value, below

    def _sibling(self, value: str) -> Completion:
        return Completion(Code.icd10cm(value), value[-1], self.title(value), True)


def _often(used: int) -> float:
    """A gentle push for what is often used here: it orders near equals and lifts nothing else."""
    return min(_MOST_USAGE, _PER_USE * math.log1p(used))


def _shown(title: str, said: frozenset[str]) -> tuple[str, ...]:
    """The words of a title to highlight, as they stand in it."""
    return tuple(dict.fromkeys(word for word in _TITLE_WORD.findall(title) if not said.isdisjoint(_stems_of(word))))


@lru_cache(maxsize=40_000)
def _stems_of(word: str) -> frozenset[str]:
    """The stems of a written word (two for a hyphenated one)."""
    return frozenset(map(stem, words_of(word)))


def _reason(found: _Found, shown: tuple[str, ...], *, is_named: bool) -> str:
    """Why a hit is there: what the query was read as, and whether all of it was found."""
    how = f"some words: {', '.join(shown)}" if shown else "some words"
    if found.ranked.coverage > _ALL:
        where = ", in another name for it" if is_named else "" if shown else ", in a term listed under it"
        how = f"all words{where}"
    return " · ".join((*found.reading.expanded, how))
