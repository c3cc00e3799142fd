"""How text becomes comparable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.engines.encoder.vocabulary import distance
from charthouse.engines.encoder.words import content_words, fold, stem, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("fractures", "fracture"),
        ("ruptured", "rupture"),
        ("aortic", "aorta"),
        ("oedema", "edema"),
        ("haemorrhage", "hemorrhage"),
        ("tumours", "tumor"),
        ("infections", "infection"),
        ("biopsies", "biopsy"),
        ("gangrenous", "gangrene"),
    ],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(words_of(one)[0]) == stem(words_of(other)[0])


@pytest.mark.parametrize(
    ("one", "other"), [("hepatic", "hepatitis"), ("gastric", "gastritis"), ("ileum", "ilium"), ("colon", "colic")]
)
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_possessives_and_accents_are_folded() -> None:
    assert fold("Ménière’s") == "meniere"
    assert words_of("Crohn's disease") == ["crohn", "disease"]


def test_numerals_are_unified() -> None:
    assert words_of("type II") == words_of("type 2")
    assert words_of("stage V") == words_of("stage 5")
    assert words_of("vitamin C, second") == ["vitamin", "c", "2nd"]


def test_a_lone_i_is_left_alone() -> None:
    assert words_of("I feel ill") == ["i", "feel", "ill"]


def test_stop_words_go_unless_nothing_is_left() -> None:
    assert content_words("fracture of the wrist") == ["fracture", "wrist"]
    assert content_words("of the") == ["of", "the"]


@given(st.text("abcdefghij", max_size=8), st.text("abcdefghij", max_size=8))
def test_distance_is_symmetric_and_zero_only_for_the_same(one: str, other: str) -> None:
    apart = distance(one, other, 20)
    assert apart == distance(other, one, 20)
    assert (apart == 0) == (one == other)


@given(st.text("abcdef", max_size=10), st.text("abcdef", max_size=10), st.integers(0, 4))
def test_a_cut_off_distance_never_understates(one: str, other: str, most: int) -> None:
    assert min(distance(one, other, 20), most + 1) == min(distance(one, other, most), most + 1)


@pytest.mark.parametrize(("one", "other", "apart"), [("asthma", "ashtma", 1), ("gout", "goat", 1), ("uti", "ut", 1)])
def test_known_distances(one: str, other: str, apart: int) -> None:
    assert distance(one, other, 5) == apart


@given(st.text(max_size=40))
def test_any_text_becomes_words(text: str) -> None:
    assert all(word.isascii() and word.isalnum() for word in words_of(text))
