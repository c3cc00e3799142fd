"""The encoder, built once for all tests."""

from __future__ import annotations

from datetime import date
from functools import cache

from charthouse.engines.encoder import Encoder, Hit
from tests.engines.codesets.books import TODAY, code_book


@cache
def encoder() -> Encoder:
    """The real one: it is built in a few seconds."""
    return Encoder(code_book())


def search(query: str, on: date = TODAY, limit: int = 20) -> list[Hit]:
    """Search the real code book."""
    return encoder().search(query, on, limit)


def codes(query: str, on: date = TODAY, limit: int = 20) -> list[str]:
    """The codes of a search, with their dots."""
    return [hit.code.display for hit in search(query, on, limit)]
