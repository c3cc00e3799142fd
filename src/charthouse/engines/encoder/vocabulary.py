"""Which words the code book knows, by prefix and by likeness."""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Iterable
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

_LEAST_TYPO_LENGTH = 4
_HEAD = 7  # only the head of a word is varied: enough to find it, and small
_FAR_FROM = 6
_MOST_ENDING = 4
_LONGEST = 40
_MOST_SLIPS = 5_000


class Vocabulary:
    """Known words, sorted, with their frequency; finds completions and corrections (symmetric deletes)."""

    def __init__(
        self, words: list[str], frequency: NDArray[np.int32], hashes: NDArray[np.uint32], places: NDArray[np.int32]
    ) -> None:
        self._words = words
        self._frequency = frequency
        self._hashes, self._places = hashes, places
        self._known = frozenset(words)
        self._slips: dict[str, list[str]] = {}
        self._text = "\n".join(["", *words, ""])

    def __contains__(self, word: str) -> bool:
        return word in self._known

    def starting(self, prefix: str, limit: int = 60) -> list[str]:
        """Known words that start so, most frequent first."""
        start = bisect_left(self._words, prefix)
        end = bisect_left(self._words, prefix + "\x7f")
        ranked = sorted(range(start, end), key=lambda place: (-self._frequency[place], place))
        return [self._words[place] for place in ranked[:limit]]

    def like(self, word: str) -> list[str]:
        """The known words nearest to a misspelled one: distance 1, or 2 for longer words; best first, four at most."""
        known = self._slips.get(word)
        if known is None:
            if len(self._slips) > _MOST_SLIPS:
                self._slips.clear()
            known = self._slips[word] = self._nearest(word)
        return known

    def split(self, word: str) -> tuple[str, str] | None:
        """Two known words that were written as one (`heartattack`)."""
        for cut in range(3, len(word) - 2):
            if word[:cut] in self._known and word[cut:] in self._known:
                return word[:cut], word[cut:]
        return None

    def parts(self, word: str) -> list[str]:
        """What a long unknown word may belong to: longer words that end in it, its own ending, words that begin so."""
        found = self._ending(word)
        for cut in range(2, len(word) - 5):
            if word[cut:] in self._known:
                found.append(word[cut:])
                break
        for size in range(len(word) - 2, 5, -1):
            begun = self.starting(word[:size], 6)
            if begun:
                return found + begun
        return found

    def _nearest(self, word: str) -> list[str]:
        if not _LEAST_TYPO_LENGTH <= len(word) <= _LONGEST or not word.isalpha():
            return []
        most = 2 if len(word) >= _FAR_FROM else 1
        scored = []
        for place in self._near(word, most):
            known = self._words[place]
            if abs(len(known) - len(word)) <= most:
                apart = distance(word, known, most)
                if apart <= most:
                    scored.append((apart, known[0] != word[0], -int(self._frequency[place]), known))
        scored.sort()
        return [known for apart, _, _, known in scored if apart == scored[0][0]][:4]

    def _ending(self, word: str) -> list[str]:
        found: list[str] = []
        at = self._text.find(f"{word}\n")
        while at > 0 and len(found) < _MOST_ENDING:
            found.append(self._text[self._text.rfind("\n", 0, at) + 1 : at] + word)
            at = self._text.find(f"{word}\n", at + 1)
        return found

    def _near(self, word: str, most: int) -> set[int]:
        keys = np.array(sorted(_deletions(word, most)), np.uint32)
        starts = np.searchsorted(self._hashes, keys, "left")
        ends = np.searchsorted(self._hashes, keys, "right")
        return {
            int(place)
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
            for place in self._places[start:end]
        }


def deletion_table(words: list[str]) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
    """Hashes of every word with up to two letters of its head left out, sorted, and the place of the word of each."""
    hashes: list[int] = []
    places: list[int] = []
    for place, word in enumerate(words):
        if len(word) >= _LEAST_TYPO_LENGTH - 1 and word.isalpha():
            keys = _deletions(word, 2)
            hashes += keys
            places += [place] * len(keys)
    table, owners = np.array(hashes, np.uint32), np.array(places, np.int32)
    order = np.argsort(table, kind="stable")
    return table[order], owners[order]


def distance(one: str, other: str, most: int) -> int:
    """Edits (insert, delete, replace, swap neighbours) between two words; `most + 1` as soon as it is more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        before, last = row, before
        row = [i]
        for j, right in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def _deletions(word: str, most: int) -> set[int]:
    head = word[:_HEAD]
    varied: Iterable[str] = {head} | {
        "".join(letter for place, letter in enumerate(head) if place not in gone)
        for size in range(1, min(most, len(head) - 2) + 1)
        for gone in combinations(range(len(head)), size)
    }
    return {zlib.crc32(one.encode()) for one in varied}
