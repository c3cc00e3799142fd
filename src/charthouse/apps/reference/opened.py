"""The code book and the encoder of this process: opened by whoever asks first, again when the shelf has changed."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from django.conf import settings

from charthouse.kit import Refused

if TYPE_CHECKING:
    from charthouse.engines.codesets import CodeBook
    from charthouse.engines.codesets.shelf import Shelf
    from charthouse.engines.encoder import Encoder


@dataclass(frozen=True, slots=True)
class _Open:
    """A book and its encoder, and what the shelf was like when they were opened."""

    stamp: str
    shelf: Shelf
    book: CodeBook
    encoder: Encoder


MOST_OPEN = 2  # folders; an installation has one, and a book takes a hundred megabytes
_opening = RLock()
_opened: dict[Path, _Open] = {}
_log = logging.getLogger(__name__)


def code_book() -> CodeBook:
    """Every code table, those of the packages and those on the shelf; the first call reads them."""
    return _open().book


def encoder() -> Encoder:
    """The search over the code book."""
    return _open().encoder


def shelf() -> Shelf:
    """The list of loaded releases; read without opening the tables when nobody has asked for those yet."""
    from charthouse.engines.codesets.shelf import Shelf, stamp_of

    folder: Path = settings.CODESETS_DIR
    known = _opened.get(folder)
    return known.shelf if known is not None and known.stamp == stamp_of(folder) else Shelf(folder)


def warm_up() -> None:
    """Load everything now, so that nobody waits for it later."""
    from charthouse.apps.core.clock import today

    encoder().warm(today())


def _open() -> _Open:
    """What is open, opened anew when a release was loaded or withdrawn since: one look at a file tells.

    While one thread reads the new shelf, the others go on with the old book; only the very first call is waited for.
    """
    from charthouse.engines.codesets.shelf import stamp_of

    folder: Path = settings.CODESETS_DIR
    stamp, known = stamp_of(folder), _opened.get(folder)
    if known is not None and known.stamp == stamp:
        return known
    if not _opening.acquire(blocking=known is None):
        return known if known is not None else _opened[folder]
    try:
        known = _opened.get(folder)
        if known is None:
            while len(_opened) >= MOST_OPEN:
                del _opened[next(iter(_opened))]
            known = _opened[folder] = _read(folder)
        elif known.stamp != stamp:
            known = _opened[folder] = _read_again(folder, known, stamp)
        return known
    finally:
        _opening.release()


def _read(folder: Path) -> _Open:
    from charthouse.engines.codesets import load_code_book
    from charthouse.engines.codesets.shelf import Shelf
    from charthouse.engines.encoder import Encoder

    shelf = Shelf(folder)
    book = load_code_book(shelf)
    return _Open(shelf.stamp, shelf, book, Encoder(book, settings.CODE_INDEX_DIR))


def _read_again(folder: Path, known: _Open, stamp: str) -> _Open:
    """The changed shelf, its index ready; the book as it was when the shelf cannot be read, until it changes again."""
    from charthouse.apps.core.clock import today

    try:
        fresh = _read(folder)
        fresh.encoder.warm(today())
    except Refused as error:
        _log.error("the code sets cannot be read, the former ones answer: %s", error)
        return replace(known, stamp=stamp)
    return fresh
