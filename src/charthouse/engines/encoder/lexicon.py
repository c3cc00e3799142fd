"""What people write for what the tabular list says: abbreviations, lay words and words that mean the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType

from charthouse.engines.encoder.tables import rows
from charthouse.engines.encoder.words import meant_words, stem, words_of

_LONGEST_PHRASE = 5
_MOST_READINGS = 3


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for: words to look for and, where one code says it, that code (dotless, may be a stem)."""

    words: tuple[str, ...]
    code: str
    is_abbreviation: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a query: the words to look for, and the code when the whole query is one known phrase."""

    words: tuple[str, ...]
    code: str = ""
    expanded: tuple[str, ...] = ()


class Lexicon:
    """Phrases by their words, and equivalents by their stem."""

    def __init__(
        self,
        phrases: Mapping[tuple[str, ...], Sequence[Meaning]],
        alike: Mapping[str, frozenset[str]],
        broader: Mapping[str, frozenset[str]] = MappingProxyType({}),
    ) -> None:
        self._phrases = phrases
        self._alike = alike
        self._broader = broader
        self._said = frozenset(alike).union(broader, *phrases)

    def alike(self, word_stem: str) -> frozenset[str]:
        """Stems that mean the same as this one, itself left out."""
        return self._alike.get(word_stem, frozenset()) - {word_stem}

    def broader(self, word_stem: str) -> frozenset[str]:
        """Stems of wider words under which codes may file this one: `knee` under limb, `atrophy` under disorder."""
        return self._broader.get(word_stem, frozenset()) - {word_stem}

    def knows(self, word: str) -> bool:
        """Whether a word stands in any phrase or group."""
        return word in self._said or stem(word) in self._said

    def readings(self, words: Sequence[str]) -> list[Reading]:
        """The ways to read a query, the most telling first; the words as written come last unless abbreviated."""
        parts = list(self._parts(words))
        phrases = [part for part in parts if isinstance(part, list)]
        if not phrases:
            return [Reading(tuple(words))]
        options = [part if isinstance(part, list) else [Meaning((part,), "", False)] for part in parts]
        whole = len(parts) == 1
        found = []
        for choice in product(*(option[:_MOST_READINGS] for option in options)):
            chosen = [meaning for meaning, part in zip(choice, parts, strict=True) if isinstance(part, list)]
            expanded = tuple(" ".join(meaning.words) for meaning in chosen)
            read = tuple(word for meaning in choice for word in meaning.words)
            found.append(Reading(read, choice[0].code if whole else "", expanded))
            if len(found) == _MOST_READINGS:
                break
        if not all(meaning.is_abbreviation for part in phrases for meaning in part):
            found.append(Reading(tuple(words)))
        return found[:_MOST_READINGS]

    def _parts(self, words: Sequence[str]) -> Iterator[str | list[Meaning]]:
        """The query cut into known phrases (longest first) and single words."""
        place = 0
        while place < len(words):
            for size in range(min(_LONGEST_PHRASE, len(words) - place), 0, -1):
                key = tuple(stem(word) if size > 1 else word for word in words[place : place + size])
                meanings = self._phrases.get(key) or (self._inflected(key[0]) if size == 1 else None)
                if meanings:
                    yield list(meanings)
                    place += size
                    break
            else:
                yield words[place]
                place += 1

    def _inflected(self, word: str) -> list[Meaning]:
        """What a word means by its stem; of abbreviations only the plural: `dvts`, not `trachea` for `trach`."""
        found = self._phrases.get((stem(word),), ())
        return [meaning for meaning in found if not meaning.is_abbreviation or word == f"{stem(word)}s"]


def load_lexicon() -> Lexicon:
    """Read the four files beside this module."""
    phrases: dict[tuple[str, ...], list[Meaning]] = {}
    for name, is_abbreviation in (("abbreviations.csv", True), ("synonyms.csv", False)):
        for row in rows(name):
            said = meant_words(row["phrase"])
            key = tuple(map(stem, said)) if len(said) > 1 else (said[0] if is_abbreviation else stem(said[0]),)
            meaning = Meaning(tuple(meant_words(row["meaning"])), row["code"].replace(".", ""), is_abbreviation)
            phrases.setdefault(key, []).append(meaning)
    alike: dict[str, frozenset[str]] = {}
    for row in rows("equivalents.csv"):
        group = frozenset(stem(word) for word in words_of(row["words"]))
        for word in group:
            alike[word] = alike.get(word, frozenset()) | group
    broader: dict[str, frozenset[str]] = {}
    for row in rows("broader.csv"):
        wider = frozenset(stem(word) for word in words_of(row["broader"]))
        for word in words_of(row["words"]):
            broader[stem(word)] = broader.get(stem(word), frozenset()) | wider
    return Lexicon(phrases, alike, broader)
