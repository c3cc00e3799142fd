"""Whatever is typed: an answer, in bounded work, and never a code that may not be used."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engines.codesets.books import FIRST_OF_2027, LAST_OF_2026, TODAY, code_book
from tests.engines.encoder.encoders import search

WORDS = [
    "acute",
    "chronic",
    "fracture",
    "diabetes",
    "left",
    "copd",
    "bite",
    "pain",
    "unspecified",
    "disease",
    "S61",
    "2",
]
QUIET = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def assert_sound(query: str, on: date, limit: int) -> None:
    book = code_book()
    hits = search(query, on, limit)
    assert len(hits) <= limit
    assert len({hit.code for hit in hits}) == len(hits)
    for hit in hits:
        assert hit.is_billable == book.is_valid(hit.code, on).is_valid
        assert hit.is_billable or hit.completions
        assert all(book.is_valid(choice.code, on).is_valid for choice in hit.completions if choice.is_billable), (
            hit.code
        )


@QUIET
@given(st.text(max_size=60), st.integers(1, 30))
def test_any_text_is_answered(query: str, limit: int) -> None:
    assert_sound(query, TODAY, limit)


@QUIET
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), st.sampled_from([LAST_OF_2026, FIRST_OF_2027]))
def test_an_invalid_code_is_never_offered(words: list[str], on: date) -> None:
    assert_sound(" ".join(words), on, 20)


@QUIET
@given(st.text("ESTZ0123456789.x", min_size=2, max_size=8), st.dates(date(2015, 10, 1), date(2027, 3, 31)))
def test_code_prefixes_are_sound_on_any_day(query: str, on: date) -> None:
    assert_sound(query, on, 10)


def test_a_day_without_tables_offers_nothing() -> None:
    assert search("diabetes", date(1999, 1, 1)) == []
    assert search("E11.9", date(2027, 4, 1)) == []


@pytest.mark.parametrize(
    "query",
    ["a" * 100_000, "a " * 50_000, "'s" * 50_000, "-" * 100_000, "E11." * 30_000, "é" * 50_000, "1.1" * 40_000],
)
def test_long_input_is_cut_not_chewed(query: str) -> None:
    assert len(search(query)) <= 20
