"""The code book and the encoder of this process: opened by whoever asks first, again when the shelf has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from charthouse.engines.codesets import CodeBook
    from charthouse.engines.encoder import Encoder, Hit, ProcedureHit


@dataclass(frozen=True, slots=True)
class _Open:
    """A book and its encoder, and what the shelf was like when they were opened."""

    stamp: str
    book: CodeBook
    encoder: Encoder


_opening = RLock()
_opened: dict[Path, _Open] = {}


def code_book() -> CodeBook:
    """Every code table, those of the packages and those on the shelf; the first call reads them."""
    return _open().book


def encoder() -> Encoder:
    """The search over the code book."""
    return _open().encoder


def warm_up() -> None:
    """Load everything now, so that nobody waits for it later."""
    from charthouse.apps.core.clock import today

    encoder().warm(today())


def search_diagnoses(query: str, on: date, limit: int = 12) -> list[Hit]:
    """ICD-10-CM codes for a code or words, valid on the day, best first."""
    return encoder().search(query, on, limit)


def search_procedures(query: str, on: date, own: Mapping[str, str], limit: int = 12) -> list[ProcedureHit]:
    """The practice's own codes (by code, with its labels) first, then HCPCS Level II, in force on the day."""
    from charthouse.engines.encoder import LocalCode

    local = [LocalCode(code, label) for code, label in own.items()]
    return encoder().search_procedures(query, on, local, limit)


def _open() -> _Open:
    """What is open, opened anew when a release was loaded or withdrawn since: one look at a file tells."""
    from charthouse.engines.codesets.shelf import stamp_of

    folder: Path = settings.CODESETS_DIR
    stamp, known = stamp_of(folder), _opened.get(folder)
    if known is not None and known.stamp == stamp:
        return known
    # Without the lock two threads that start together would load everything twice.
    with _opening:
        known = _opened.get(folder)
        if known is None or known.stamp != stamp:
            known = _opened[folder] = _read(folder)
        return known


def _read(folder: Path) -> _Open:
    from charthouse.engines.codesets import load_code_book
    from charthouse.engines.codesets.shelf import Shelf
    from charthouse.engines.encoder import Encoder

    shelf = Shelf(folder)
    book = load_code_book(shelf)
    return _Open(shelf.stamp, book, Encoder(book, settings.CODE_INDEX_DIR))
