"""Known words: completions, corrections and compounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.engines.encoder.vocabulary import distance
from tests.engines.encoder.vocabularies import known

WORDS = {"asthma": 3, "anemia": 2, "angina": 1, "heart": 9, "attack": 4, "hypercarotenemia": 1, "pericardium": 2}


VOCABULARY = known(WORDS)


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("asthna", "asthma"),
        ("ashtma", "asthma"),
        ("anemi", "anemia"),
        ("aanemia", "anemia"),
        ("sathma", "asthma"),
        ("hart", "heart"),
        ("pericradium", "pericardium"),
        ("perricardum", "pericardium"),
    ],
)
def test_a_slip_is_put_right(slip: str, meant: str) -> None:
    assert VOCABULARY.like(slip) == [meant]


@pytest.mark.parametrize("word", ["", "xyz", "q" * 200, "1234567", "zzzzzz", "as"])
def test_what_is_like_nothing_stays_alone(word: str) -> None:
    assert VOCABULARY.like(word) == []


def test_the_nearest_come_first_and_alone() -> None:
    assert known({"anemia": 1, "anemic": 5, "anoxia": 9}).like("anemiq") == ["anemic", "anemia"]


def test_completions_stand_by_how_often_they_are_said() -> None:
    assert known({"anemia": 2, "anemic": 5, "angina": 9}).starting("an") == ["angina", "anemic", "anemia"]
    assert VOCABULARY.starting("zz") == []


def test_two_words_written_as_one() -> None:
    assert VOCABULARY.split("heartattack") == ("heart", "attack")
    assert VOCABULARY.split("heartburns") is None


def test_a_compound_belongs_to_the_word_it_ends_in() -> None:
    assert VOCABULARY.parts("chylopericardium") == ["pericardium"]


def test_an_unknown_word_may_be_the_end_of_a_known_one() -> None:
    assert VOCABULARY.parts("carotenemia") == ["hypercarotenemia"]


def test_asking_again_gives_the_same() -> None:
    assert VOCABULARY.like("asthna") == VOCABULARY.like("asthna")


@given(st.text("abcdef", min_size=5, max_size=9), st.integers(0, 8), st.sampled_from("abcdef"))
def test_every_word_is_found_through_any_one_edit(word: str, place: int, letter: str) -> None:
    vocabulary = known({word: 1})
    place = min(place, len(word) - 1)
    for slip in (word[:place] + word[place + 1 :], word[:place] + letter + word[place:]):
        if len(slip) >= 4:
            assert vocabulary.like(slip) == [word]


@given(st.text("abc", max_size=8), st.text("abc", max_size=8))
def test_distance_is_the_same_both_ways_and_bounded(one: str, other: str) -> None:
    assert distance(one, other, 9) == distance(other, one, 9)
    assert distance(one, other, 9) <= max(len(one), len(other))
    assert distance(one, one, 2) == 0
    assert distance(one, other, 1) == min(2, distance(one, other, 9))
