"""The code book and the encoder of this process: loaded once, by whoever asks first, and shared by all threads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from threading import RLock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from charthouse.engines.codesets import CodeBook
    from charthouse.engines.encoder import Encoder, Hit, ProcedureHit

# `cache` alone would let two threads that start together load everything twice.
_loading = RLock()


def code_book() -> CodeBook:
    """Every loaded code table; the first call reads them."""
    with _loading:
        return _load_book()


def encoder() -> Encoder:
    """The search over the code book; the first call builds it."""
    with _loading:
        return _build_encoder()


def warm_up() -> None:
    """Load everything now, so that nobody waits for it later."""
    encoder()


def search_diagnoses(query: str, on: date, limit: int = 12) -> list[Hit]:
    """ICD-10-CM codes for a code or words, valid on the day, best first."""
    return encoder().search(query, on, limit)


def search_procedures(query: str, on: date, own: Mapping[str, str], limit: int = 12) -> list[ProcedureHit]:
    """The practice's own codes (by code, with its labels) first, then HCPCS Level II, in force on the day."""
    from charthouse.engines.encoder import LocalCode

    local = [LocalCode(code, label) for code, label in own.items()]
    return encoder().search_procedures(query, on, local, limit)


@cache
def _load_book() -> CodeBook:
    from charthouse.engines.codesets import load_code_book

    return load_code_book()


@cache
def _build_encoder() -> Encoder:
    from charthouse.engines.encoder import Encoder

    return Encoder(_load_book())
