"""How text becomes comparable words: folding of accents, spelling, possessives and numerals, and a light stemmer."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from charthouse.engines.encoder.vocabulary import distance

_WORD = re.compile(r"[a-z0-9]+", re.ASCII)
_POSSESSIVE = re.compile(r"['’`]s\b|['’`]")
_MAYBE_BRITISH = re.compile("[ao]e|our|tre|sulph")
_STOP_TEXT = "a an and or of the in on to for by with due at from as is was has have nos nec my his her s"
_STOP = frozenset(_STOP_TEXT.split())
_RULES_OUT = frozenset(["without", "not", "non", "no"])
_ENDS_OUT = frozenset(["with", "of", "in", "due", "during", "on", "following", "at"])
_CLAUSE = re.compile(r"[,;]")
_MENTION = re.compile(r"(?<=without )mention of ")
_SHORTHAND = {
    "w/o": "without",
    "w/": "with",
    "s/p": "status post",
    "h/o": "history of",
    "d/t": "due to",
    "2/2": "due to",
    "f/u": "follow up",
    "b/l": "bilateral",
    "c/b": "complicated by",
    "r/t": "due to",
}
_SHORT = re.compile(r"(?<![a-z0-9])(?:w/o|w/|s/p|h/o|d/t|2/2|f/u|b/l|c/b|r/t)", re.ASCII)
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12"}
_ROMAN_AFTER = frozenset(["type", "stage", "grade", "class", "factor", "bipolar", "degree", "level"])
_SMALL_ROMAN = {"i": "1", "v": "5", "x": "10"}
_ORDINALS = {"first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th"}
_NUMERALS = frozenset([*_ROMAN, *_SMALL_ROMAN, *_ORDINALS])
# Longest first: the first that fits is taken off, once. Both sides are stemmed alike, so over-cutting only widens.
_SUFFIX_TEXT = (
    "iveness ations ically ities ation ical ions ious eous ings ives ials ency ance ence "
    "ion ous ive ing ity ial ies ent ant al ic ed es ia um us is ly a e y o s"
)
_SUFFIXES = tuple(_SUFFIX_TEXT.split())
_LEAST_STEM = 4


def fold(text: str) -> str:
    """Lower case without accents and possessive endings."""
    plain = _POSSESSIVE.sub("", text.lower())
    return plain if plain.isascii() else unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()


def words_of(text: str) -> list[str]:
    """The folded words of a text in order, in American spelling, numerals unified, stop words kept."""
    folded = fold(text)
    written: list[str] = _WORD.findall(folded)
    if _MAYBE_BRITISH.search(folded):
        written = [_american(word) for word in written]
    if _NUMERALS.isdisjoint(written):
        return written
    found: list[str] = []
    for word in written:
        found.append(_numeral(word, found[-1] if found else ""))
    return found


def content_words(text: str) -> list[str]:
    """The words that carry meaning; all words where nothing else is left."""
    every = words_of(text)
    return [word for word in every if word not in _STOP] or every


def meant_words(text: str) -> list[str]:
    """The words that carry meaning, those that are ruled out marked: `without hemorrhage` gives `~hemorrhage`.

    A ruling-out word reaches to the next comma, `with`, `of` and the like.
    """
    found: list[str] = []
    for clause in _CLAUSE.split(_MENTION.sub("", fold(_SHORT.sub(_long, text.lower())))):
        is_out = False
        for word in words_of(clause):
            if word in _RULES_OUT or (word[0] == "w" and 5 <= len(word) <= 9 and distance(word, "without", 2) <= 2):
                is_out = True
            elif word in _ENDS_OUT:
                is_out = False
            elif word not in _STOP:
                found.append(f"~{word}" if is_out else word)
    return found or content_words(text)


def _long(match: re.Match[str]) -> str:
    return f" {_SHORTHAND[match[0]]} "


def stem_of(word: str) -> str:
    """The stem of a word that may be marked as ruled out."""
    return f"~{stem(word[1:])}" if word[0] == "~" else stem(word)


def is_stop(word: str) -> bool:
    """Whether a word carries no meaning of its own."""
    return word in _STOP


@lru_cache(maxsize=40_000)
def stem(word: str) -> str:
    """The part of a word that its plural and adjective share."""
    if len(word) <= _LEAST_STEM:
        return word[:-1] if len(word) == 4 and word[-1] == "s" and word[-2] not in "sui" else word
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _LEAST_STEM and not (suffix == "s" and word[-2] == "s"):
            word = word[: -len(suffix)]
            break
    if len(word) > _LEAST_STEM and word[-1] in "eaioy":
        word = word[:-1]
    return word[:-1] if len(word) > _LEAST_STEM and word[-1] == word[-2] else word


def _american(word: str) -> str:
    """The American spelling of a British word (oedema, haem-, tumour, fibre)."""
    if len(word) < 5:
        return word
    word = word.replace("ae", "e").replace("oe", "e").replace("sulph", "sulf")
    if word.endswith(("our", "ours")):
        return word.replace("our", "or")
    return word[:-2] + "er" if word.endswith("tre") else word


def _numeral(word: str, before: str) -> str:
    if word in _ROMAN:
        return _ROMAN[word]
    if word in _SMALL_ROMAN and before in _ROMAN_AFTER:
        return _SMALL_ROMAN[word]
    return _ORDINALS.get(word, word)
