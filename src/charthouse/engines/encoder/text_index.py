"""A small index over codes and their words: any order, words begun, plurals. For sets of up to 100,000 codes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from charthouse.engines.encoder.lexicon import Lexicon
from charthouse.engines.encoder.words import content_words, stem

_AS_STEM, _AS_ALIKE, _AS_START = 0.9, 0.8, 0.75
_FIRST = 0.05  # for the word a text starts with: what is done, before what it is done to
_SHORTER_FIRST = 1e-3
_ENOUGH = 0.6  # of the weight of what was asked, where nothing has all of it
_LONGEST = 16  # words of a query
_SHORTEST_START = 3  # letters that may begin a longer word
Rows = npt.NDArray[np.int32]
Scores = npt.NDArray[np.float32]


class TextIndex:
    """Finds codes by the words of their text. Built once, read-only, safe between threads."""

    def __init__(self, rows: Iterable[tuple[str, str]], lexicon: Lexicon | None = None) -> None:
        self._lexicon = lexicon
        self.codes: list[str] = []
        found: dict[str, list[int]] = {}
        lengths: list[int] = []
        firsts: list[str] = []
        for row, (code, text) in enumerate(rows):
            words = dict.fromkeys(content_words(text))
            self.codes.append(code)
            lengths.append(len(words))
            firsts.append(next(iter(words), ""))
            for word in words:
                found.setdefault(word, []).append(row)
        self._words = sorted(found)
        at = {word: place for place, word in enumerate(self._words)}
        self._firsts = np.array([at.get(word, -1) for word in firsts], np.int32)
        self._rows: list[Rows] = [np.array(found[word], np.int32) for word in self._words]
        self._by_stem: dict[str, list[int]] = {}
        for place, word in enumerate(self._words):
            self._by_stem.setdefault(stem(word), []).append(place)
        self._lengths = np.array(lengths, np.float32)
        self._by_code = sorted(range(len(self.codes)), key=self.codes.__getitem__)

    def starting(self, prefix: str, limit: int) -> list[str]:
        """Codes that start so, in order."""
        start = bisect_left(self._by_code, prefix, key=self.codes.__getitem__)
        begun = (self.codes[row] for row in self._by_code[start : start + limit])
        return [code for code in begun if code.startswith(prefix)]

    def search(self, text: str, limit: int) -> list[tuple[str, tuple[str, ...]]]:
        """Codes best first, each with the words of its text that were meant; those with all words, or with most."""
        if not self.codes or limit < 1:
            return []
        asked = self._meant(list(dict.fromkeys(content_words(text)))[:_LONGEST])
        total, weights = np.zeros(len(self.codes), np.float32), 0.0
        meant: set[int] = set()
        known = 0
        for word in asked:
            places = self._places(word)
            if not places:
                continue  # a word that stands nowhere tells nothing: the others decide
            known += 1
            meant.update(place for place, _ in places)
            weight = self._weight([place for place, _ in places])
            weights += weight
            total += weight * self._scores(places)
        if not known or known * 2 < len(asked):
            return []
        best = self._best(total + _FIRST * np.isin(self._firsts, list(meant)), weights, limit)
        return [(self.codes[row], self._said(row, meant)) for row in best]

    def _meant(self, asked: list[str]) -> list[str]:
        """The words as they were typed; where the index lacks one, as the lexicon reads them if it has those."""
        if self._lexicon is None or all(map(self._places, asked)):
            return asked
        readings = (list(dict.fromkeys(reading.words))[:_LONGEST] for reading in self._lexicon.readings(asked))
        return next((words for words in readings if all(map(self._places, words))), asked)

    def _places(self, word: str) -> list[tuple[int, float]]:
        """The words of the index that are meant, each with how sure that is."""
        own = stem(word)
        alike = sorted(self._lexicon.alike(own)) if self._lexicon else ()
        sure = {place: _AS_ALIKE for other in alike for place in self._by_stem.get(other, ())}
        sure.update(dict.fromkeys(self._by_stem.get(own, ()), _AS_STEM))
        at = bisect_left(self._words, word)
        least = word if len(word) < _SHORTEST_START else ""
        while at < len(self._words) and self._words[at].startswith(word):
            if least and self._words[at] != least:
                break
            sure[at] = 1.0 if self._words[at] == word else max(sure.get(at, 0.0), _AS_START)
            at += 1
        return list(sure.items())

    def _weight(self, places: Sequence[int]) -> float:
        """How much a word tells: rare ones tell more."""
        count = sum(len(self._rows[place]) for place in places)
        return float(np.log1p(len(self.codes) / (1 + count)))

    def _scores(self, places: Sequence[tuple[int, float]]) -> Scores:
        scores = np.zeros(len(self.codes), np.float32)
        for place, sure in places:
            rows = self._rows[place]
            scores[rows] = np.maximum(scores[rows], sure)
        return scores

    def _best(self, total: Scores, weights: float, limit: int) -> list[int]:
        enough = np.flatnonzero(total >= max(_ENOUGH * weights, 1e-6))
        order = np.lexsort((enough, -(total[enough] - _SHORTER_FIRST * self._lengths[enough])))
        return [int(row) for row in enough[order[:limit]]]

    def _said(self, row: int, meant: Iterable[int]) -> tuple[str, ...]:
        holds = (place for place in meant if np.searchsorted(self._rows[place], row) < len(self._rows[place]))
        return tuple(
            self._words[place] for place in holds if self._rows[place][np.searchsorted(self._rows[place], row)] == row
        )
