"""The code book, built once for all tests."""

from __future__ import annotations

from datetime import date
from functools import cache

from charthouse.engines.codesets import CodeBook, load_code_book

APRIL_2026 = date(2026, 4, 1)
LAST_OF_2026 = date(2026, 9, 30)
FIRST_OF_2027 = date(2026, 10, 1)
TODAY = date(2026, 11, 23)


@cache
def code_book() -> CodeBook:
    """The real one: it loads in about a second."""
    return load_code_book()


def valid_on(day: date) -> set[str]:
    """Every ICD-10-CM code valid on a day."""
    book = code_book()
    return {code for code in book.validity.periods if book.validity.is_valid(code, day)}
