"""Finding procedure codes: a practice's own charge-master codes first, then HCPCS Level II."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from charthouse.engines.codesets import CodeBook
from charthouse.engines.encoder.words import content_words, stem
from charthouse.kit import Code, CodeSystem

_LOCAL_BONUS = 10.0


@dataclass(frozen=True, slots=True)
class LocalCode:
    """A code of a practice's own charge master: any shape, own label; `system` is LOCAL unless it names another."""

    value: str
    label: str
    system: CodeSystem = CodeSystem.LOCAL


@dataclass(frozen=True, slots=True)
class ProcedureHit:
    """One answer: where it comes from is in `code.system`; `unit` says what one unit is, where known."""

    code: Code
    label: str
    unit: str
    score: float
    matched: tuple[str, ...]
    is_local: bool


def find_procedures(book: CodeBook, query: str, on: date, local: Sequence[LocalCode], limit: int) -> list[ProcedureHit]:
    """Match the start of a code, or every word of a label by its beginning; practice codes first."""
    found = [
        *_matches(((Code(one.system, one.value), one.label, "", True) for one in local), query),
        *_matches(
            (
                (entry.code, entry.label, entry.unit, False)
                for entry in book.hcpcs_entries(on).values()
                if book.is_valid(entry.code, on).is_valid
            ),
            query,
        ),
    ]
    found.sort(key=lambda hit: (-hit.score, hit.code))
    return found[:limit]


def _matches(rows: Iterable[tuple[Code, str, str, bool]], query: str) -> Iterable[ProcedureHit]:
    prefix = query.strip().upper()
    asked = [(word, stem(word)) for word in content_words(query)]
    for code, label, unit, is_local in rows:
        bonus = _LOCAL_BONUS if is_local else 0.0
        if prefix and code.value.upper().startswith(prefix):
            yield ProcedureHit(code, label, unit, bonus + 2.0 + (code.value.upper() == prefix), (), is_local)
            continue
        said = _said(label)
        if asked and all(any(_is_meant(ask, word) for word in said) for ask in asked):
            matched = tuple(word[0] for word in said if any(_is_meant(ask, word) for ask in asked))
            yield ProcedureHit(code, label, unit, bonus + 1.0 / (1 + len(said)), matched, is_local)


@lru_cache(maxsize=20_000)
def _said(label: str) -> tuple[tuple[str, str], ...]:
    """The words of a label with their stems; a practice's labels are asked again with every key that is typed."""
    return tuple((word, stem(word)) for word in content_words(label))


def _is_meant(ask: tuple[str, str], word: tuple[str, str]) -> bool:
    return word[0].startswith(ask[0]) or word[1] == ask[1]
