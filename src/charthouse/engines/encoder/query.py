"""Reading a query: the ways its words can be meant, and the stems that stand for each word."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from charthouse.engines.encoder.index import Index
from charthouse.engines.encoder.lexicon import Lexicon, Reading
from charthouse.engines.encoder.rank import Concept
from charthouse.engines.encoder.words import meant_words, stem, stem_of

_MOST_WORDS = 14
_ALIKE_TRUST, _PREFIX_TRUST, _TYPO_TRUST, _PART_TRUST, _BROADER_TRUST = 0.9, 0.85, 0.8, 0.6, 0.5
_COMPOUND = 8  # letters, from which on an unknown word is looked at as a compound
# Words that say little about which code is meant.
_SOFT = frozenset(map(stem, ["specified", "unspecified", "other", "type", "site", "condition", "region"]))
_SOFT_WEIGHT = 0.6
_UNKNOWN_RARITY = 7.0
_STRONG = re.compile(r"\s*[&+;]\s*|(?<=[a-z0-9]{3})/(?=[a-z0-9]{3})|,\s+")
_WEAK = re.compile(r"\s*[&+;/]\s*|\s+(?:and|with|w)\s+|,\s+")
_MOST_PROBLEMS = 4


class Reader:
    """Reads queries for one index."""

    def __init__(self, index: Index, lexicon: Lexicon) -> None:
        self._index, self._lexicon = index, lexicon

    def readings(self, text: str) -> list[Reading]:
        """As known phrases, as its words, and, where a word is unknown, with its spelling put right."""
        words = self._parted(meant_words(text)[:_MOST_WORDS])
        readings = self._lexicon.readings(words)
        spelled = [self._spelled(word) for word in words]
        if spelled != words:
            readings += [reading for reading in self._lexicon.readings(spelled) if reading.code]
        return readings

    def problems(self, text: str) -> list[str]:
        """The parts of a query that names several problems; else nothing.

        Between `&`, `+`, `/` and the like every part has to be known; words such as `with` also stand inside one
        problem, so each part has to be a known phrase of its own (`copd with chf`).
        """
        if self._is_phrase(text):
            return []
        for joint, is_part in ((_STRONG, self._is_readable), (_WEAK, self._is_phrase)):
            parts = [part for part in joint.split(text.lower()) if part.strip()]
            if 1 < len(parts) <= _MOST_PROBLEMS and all(map(is_part, parts)) and any(map(self._is_phrase, parts)):
                return parts
        return []

    def concepts(self, words: Sequence[str]) -> list[Concept]:
        """What to look for, word by word; words that stand for nothing are left out."""
        found: dict[str, Concept] = {}
        for place, word in enumerate(words):
            concept = self._concept(word, is_last=place == len(words) - 1)
            if concept:
                found.setdefault(concept.word, concept)
        return list(found.values())

    def _concept(self, word: str, *, is_last: bool) -> Concept | None:
        own = stem_of(word)
        stems = self._ruled_out(own) if word[0] == "~" else self._meant(word, own, is_last=is_last)
        if own in _SOFT or not stems:
            return Concept(own, stems, _SOFT_WEIGHT) if stems else self._wider(own, {}, _UNKNOWN_RARITY)
        best = max(stems.values())
        weight = max(float(self._index.rarity[one]) for one, trust in stems.items() if trust == best)
        return self._wider(own, stems, weight)

    def _meant(self, word: str, own: str, *, is_last: bool) -> dict[int, float]:
        """Its stem and its likes, else words it begins, else words it may be a slip of, else what it is made of."""
        vocabulary = self._index.vocabulary
        stems = self._known({own: 1.0, **dict.fromkeys(sorted(self._lexicon.alike(own)), _ALIKE_TRUST)})
        if len(word) >= 3 and (not stems or (is_last and word not in vocabulary)):
            begun = dict.fromkeys(map(stem, vocabulary.starting(word)), _PREFIX_TRUST)
            stems = {**self._known(begun), **stems}
        is_slip = word not in vocabulary and not self._lexicon.broader(own) and not vocabulary.starting(word, 1)
        if is_slip:  # its stem may be that of another word: migrane, migrans
            near = self._known(dict.fromkeys(map(stem, vocabulary.like(word)), _TYPO_TRUST))
            stems = {**{one: _TYPO_TRUST - 0.05 if near else trust for one, trust in stems.items()}, **near}
        if not stems and len(word) > _COMPOUND:
            stems = self._known(dict.fromkeys(map(stem, vocabulary.parts(word)), _PART_TRUST))
        return stems

    def _ruled_out(self, own: str) -> dict[int, float]:
        return self._known({own: 1.0})

    def _wider(self, own: str, stems: dict[int, float], weight: float) -> Concept | None:
        wider = self._known(dict.fromkeys(self._lexicon.broader(own), _BROADER_TRUST))
        return Concept(own, {**wider, **stems}, weight) if wider or stems else None

    def _known(self, stems: Mapping[str, float]) -> dict[int, float]:
        """Stems by number, those that the index does not have left out."""
        at = self._index.stem_at
        return {at[one]: trust for one, trust in stems.items() if one in at}

    def _is_phrase(self, text: str) -> bool:
        return bool(self._lexicon.readings(meant_words(text))[0].code)

    def _is_readable(self, text: str) -> bool:
        return all(map(self._is_known, meant_words(text)))

    def _is_known(self, word: str) -> bool:
        vocabulary = self._index.vocabulary
        is_said = word[0] == "~" or word in vocabulary or self._lexicon.knows(word)
        return is_said or bool(vocabulary.starting(word, 1))

    def _parted(self, words: Sequence[str]) -> list[str]:
        """Words with those written as one (`heartattack`) taken apart, unless a slip explains them (`colecystitis`)."""
        found: list[str] = []
        for word in words:
            is_whole = self._is_known(word) or self._index.vocabulary.like(word)
            found += (None if is_whole else self._index.vocabulary.split(word)) or (word,)
        return found

    def _spelled(self, word: str) -> str:
        """A word that nothing knows, as it was probably meant."""
        return word if self._is_known(word) else next(iter(self._index.vocabulary.like(word)), word)
