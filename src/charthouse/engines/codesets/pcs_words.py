"""What an axis value of ICD-10-PCS says, read off the titles of the codes under it; for want of the official tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

_LOOSE = " ,"
_SAID_ELSEWHERE = re.compile(r".* Approach|New Technology Group [0-9]+")
_NEARLY_ALL = 0.97  # of the titles; a handful are worded in a way of their own

Titles = Mapping[str, Sequence[str]]


def distinct_words(titles: Titles) -> dict[str, str]:
    """The longest run of words that all titles under a value have and those of no other value all have.

    `Appendix` under `0DTJ`. Words at its ends that nearly every title has are left out. A run that is part of another
    value's (`Stomach` beside `Stomach, Pylorus`) serves where nothing longer does. Empty where there is no run: it may
    say more than the axis alone does, but never what a code under the value does not say.
    """
    padded = {value: [_plain(title) for title in of_value] for value, of_value in titles.items() if of_value}
    everywhere = _common([title for of_value in padded.values() for title in of_value])
    found = {value: _distinct(value, padded, everywhere) for value in titles}
    for value in [value for value, words in found.items() if not words and value in padded]:
        shared = _shared(padded[value], everywhere)
        found[value] = "" if shared in found.values() else shared
    return found


def _plain(title: str) -> str:
    """A title without its approach and technology group, commas standing apart, blanks at both ends."""
    parts = [part for part in title.split(", ") if not _SAID_ELSEWHERE.fullmatch(part)]
    return f" {' , '.join(parts)} "


def _distinct(value: str, padded: Titles, everywhere: frozenset[str]) -> str:
    others = [theirs for other, theirs in padded.items() if other != value]
    for run in _runs(padded.get(value, ())):
        text = f" {' '.join(run)} "
        if not any(all(text in title for title in theirs) for theirs in others):
            words = _trimmed(run, everywhere)
            if words:
                return words
    return ""


def _shared(titles: Sequence[str], everywhere: frozenset[str]) -> str:
    return next((words for run in _runs(titles) if (words := _trimmed(run, everywhere))), "")


def _runs(titles: Sequence[str]) -> Iterator[Sequence[str]]:
    """Every run of words that all titles have, longest first."""
    words = min(titles, key=len).split() if titles else []
    for size in range(len(words), 0, -1):
        for start in range(len(words) - size + 1):
            run = words[start : start + size]
            text = f" {' '.join(run)} "
            if all(text in title for title in titles):
                yield run


def _trimmed(run: Sequence[str], everywhere: frozenset[str]) -> str:
    kept = list(run)
    while kept and kept[0] in everywhere:
        kept.pop(0)
    while kept and kept[-1] in everywhere:
        kept.pop()
    return " ".join(kept).replace(" ,", ",").strip(_LOOSE)


def _common(titles: Sequence[str]) -> frozenset[str]:
    """Words that nearly every title has."""
    counts = Counter(word for title in titles for word in set(title.split()))
    return frozenset(word for word, count in counts.items() if count >= _NEARLY_ALL * len(titles))
