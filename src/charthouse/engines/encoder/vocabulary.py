"""Which words the code book knows, by prefix and by likeness."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from heapq import nsmallest
from itertools import chain, product

_LEAST_TYPO_LENGTH = 4
_MOST_CANDIDATES = 20


class Vocabulary:
    """Known words with their frequency; finds completions and corrections."""

    def __init__(self, frequency: dict[str, int]) -> None:
        self._frequency = frequency
        self._words = sorted(frequency)
        self._deletes: dict[str, list[str]] = defaultdict(list)
        self._pairs: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in self._words:
            if len(word) >= _LEAST_TYPO_LENGTH and word.isalpha():
                for key in _deletions(word):
                    self._deletes[key].append(word)
                for pair in _pairs(word):
                    self._pairs[pair, len(word)].append(word)

    def __contains__(self, word: str) -> bool:
        return word in self._frequency

    def starting(self, prefix: str, limit: int = 60) -> list[str]:
        """Known words that start so, most frequent first."""
        start = bisect_left(self._words, prefix)
        end = bisect_left(self._words, prefix + "\x7f")
        return sorted(self._words[start:end], key=lambda word: (-self._frequency[word], word))[:limit]

    def like(self, word: str) -> list[str]:
        """The known words nearest to a misspelled one: distance 1, or 2 for longer words; best first."""
        if len(word) < _LEAST_TYPO_LENGTH or not word.isalpha():
            return []
        near = {known for key in _deletions(word) for known in self._deletes.get(key, ())}
        found = self._nearest(word, near, 1)
        if found or len(word) < _LEAST_TYPO_LENGTH + 1:
            return found
        return self._nearest(word, self._sharing_pairs(word), 2)

    def split(self, word: str) -> tuple[str, str] | None:
        """Two known words that were written as one (`heartattack`)."""
        for cut in range(3, len(word) - 2):
            if word[:cut] in self._frequency and word[cut:] in self._frequency:
                return word[:cut], word[cut:]
        return None

    def _sharing_pairs(self, word: str) -> Iterable[str]:
        pairs, size = _pairs(word), len(word)
        lengths = range(size - 2, size + 3)
        shared = Counter(chain.from_iterable(self._pairs.get(key, ()) for key in product(pairs, lengths)))
        # One edit changes up to three pairs: whatever shares fewer is more than two edits away.
        near = [known for known, count in shared.items() if count >= len(pairs) - 6]
        return nsmallest(_MOST_CANDIDATES, near, key=lambda known: abs(len(known) - size) - 2 * shared[known])

    def _nearest(self, word: str, candidates: Iterable[str], most: int) -> list[str]:
        scored = []
        for known in candidates:
            apart = distance(word, known, most)
            if apart <= most:
                scored.append((apart, known[0] != word[0], -self._frequency[known], known))
        scored.sort()
        return [known for apart, _, _, known in scored if apart == scored[0][0]][:4]


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


def _deletions(word: str) -> set[str]:
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def _pairs(word: str) -> set[str]:
    framed = f"^{word}$"
    return {framed[i : i + 2] for i in range(len(framed) - 1)}
