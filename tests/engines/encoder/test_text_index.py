"""A small index over codes and words: any order, words begun, plurals, and the most telling words first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.engines.encoder import TextIndex

ROWS = (
    ("1", "Sharpening of a quill"),
    ("2", "Sharpening of two quills, one hand"),
    ("3", "Mending of a sail"),
    ("4", "Mending of a torn sail, large"),
)
INDEX = TextIndex(ROWS)


def codes(text: str, limit: int = 9) -> list[str]:
    return [code for code, _ in INDEX.search(text, limit)]


@pytest.mark.parametrize("text", ["quill sharpening", "sharpening quill", "SHARP QUI", "quills sharpening"])
def test_order_case_plurals_and_words_begun_do_not_matter(text: str) -> None:
    assert set(codes(text)) == {"1", "2"}


def test_the_shorter_text_comes_first() -> None:
    assert codes("sail mending") == ["3", "4"]


def test_all_words_come_before_most_words() -> None:
    assert codes("mending torn sail") == ["4", "3"]


def test_a_word_that_stands_nowhere_does_not_spoil_the_others() -> None:
    assert codes("mending sail zzz") == ["3", "4"]


def test_the_words_that_were_meant_are_told() -> None:
    assert dict(INDEX.search("torn sai", 9))["4"] == ("sail", "torn") or set(
        dict(INDEX.search("torn sai", 9))["4"]
    ) == {
        "sail",
        "torn",
    }


def test_the_limit_holds() -> None:
    assert codes("sail", 1) == ["3"]
    assert codes("sail", 0) == []


@pytest.mark.parametrize("text", ["", "   ", "of the", "\x00", "糖尿病", "zzz", "x" * 10_000])
def test_nothing_is_found_politely(text: str) -> None:
    assert codes(text) == []


def test_an_empty_index_finds_nothing() -> None:
    assert TextIndex(()).search("sail", 5) == []


@given(st.text(max_size=60))
def test_any_text_gets_an_answer_of_known_codes(text: str) -> None:
    assert set(codes(text)) <= {"1", "2", "3", "4"}
