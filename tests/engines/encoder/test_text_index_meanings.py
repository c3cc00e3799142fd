"""What a small index makes of words: those that mean the same, shorthand, what a text starts with, starts of codes."""

from __future__ import annotations

import pytest

from charthouse.engines.encoder import TextIndex
from charthouse.engines.encoder.lexicon import load_lexicon

ROWS = (
    ("B2", "Removal of fusion device from lumbar joint"),
    ("A1", "Fusion of lumbar joint with interbody fusion device, anterior approach"),
    ("C3", "Mending of the kidney"),
    ("C4", "Mending of congestive heart failure"),
    ("C5", "Mending of the heart"),
)
INDEX = TextIndex(ROWS, load_lexicon())


def codes(text: str) -> list[str]:
    return [code for code, _ in INDEX.search(text, 9)]


def test_the_word_a_text_starts_with_counts_more_than_its_length() -> None:
    assert codes("lumbar fusion")[0] == "A1"


def test_words_that_mean_the_same_are_found_and_told() -> None:
    assert INDEX.search("renal mending", 9)[0] == ("C3", ("kidney", "mending"))


def test_the_very_word_comes_before_one_that_means_the_same() -> None:
    index = TextIndex((("1", "Mending of kidney"), ("2", "Mending of renal")), load_lexicon())
    assert [code for code, _ in index.search("renal", 9)] == ["2", "1"]


def test_shorthand_that_the_index_lacks_is_read_by_the_lexicon() -> None:
    assert codes("chf mending")[0] == "C4"
    assert [code for code, _ in TextIndex(ROWS).search("chf mending", 9)] != ["C4"]


def test_a_word_the_index_has_is_never_read_otherwise() -> None:
    index = TextIndex((("1", "Lamp chf"), ("2", "Congestive heart failure")), load_lexicon())
    assert [code for code, _ in index.search("chf", 9)] == ["1"]


@pytest.mark.parametrize(("prefix", "found"), [("C", ["C3", "C4"]), ("A1", ["A1"]), ("X", []), ("C34", [])])
def test_codes_are_found_by_their_start_in_order(prefix: str, found: list[str]) -> None:
    assert INDEX.starting(prefix, 2) == found
