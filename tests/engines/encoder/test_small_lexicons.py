"""Readings, stems and corrections on vocabularies of a few words, where every answer can be foreseen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.engines.encoder.lexicon import Lexicon, Meaning
from charthouse.engines.encoder.vocabulary import distance
from charthouse.engines.encoder.words import content_words, fold, is_stop, stem, words_of
from tests.engines.encoder.vocabularies import known

LEXICON = Lexicon(
    {
        ("af",): [Meaning(("atrial", "fibrillation"), "I4891", True)],
        ("mi",): [
            Meaning(("myocardial", "infarction"), "I219", True),
            Meaning(("mitral", "insufficiency"), "I340", True),
        ],
        (stem("heart"), stem("attack")): [Meaning(("myocardial", "infarction"), "I219", False)],
        (stem("heart"),): [Meaning(("cardiac",), "", False)],
    },
    {
        stem("kidney"): frozenset({stem("kidney"), stem("renal")}),
        stem("renal"): frozenset({stem("kidney"), stem("renal")}),
    },
)
VOCABULARY = known(
    {"asthma": 9, "anemia": 8, "anemias": 1, "angina": 5, "gout": 3, "goiter": 2, "heart": 7, "attack": 4}
)


def read(*words: str) -> list[tuple[tuple[str, ...], str]]:
    return [(reading.words, reading.code) for reading in LEXICON.readings(words)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(("pain",), [(("pain",), "")], id="nothing known"),
        pytest.param((), [((), "")], id="no words"),
        pytest.param(("af",), [(("atrial", "fibrillation"), "I4891")], id="an abbreviation alone is its code"),
        pytest.param(("af", "acute"), [(("atrial", "fibrillation", "acute"), "")], id="with more it is words alone"),
        pytest.param(
            ("mi",),
            [(("myocardial", "infarction"), "I219"), (("mitral", "insufficiency"), "I340")],
            id="two meanings, the likelier first",
        ),
        pytest.param(
            ("heart", "attack"),
            [(("myocardial", "infarction"), "I219"), (("heart", "attack"), "")],
            id="the longest phrase, and the words as written",
        ),
        pytest.param(
            ("heart", "attacks"),
            [(("myocardial", "infarction"), "I219"), (("heart", "attacks"), "")],
            id="its plural",
        ),
        pytest.param(
            ("attack", "heart"), [(("attack", "cardiac"), ""), (("attack", "heart"), "")], id="turned it is another"
        ),
    ],
)
def test_a_query_is_read(words: tuple[str, ...], expected: list[tuple[tuple[str, ...], str]]) -> None:
    assert read(*words) == expected


def test_no_more_than_three_readings_however_many_meanings() -> None:
    assert len(LEXICON.readings(["mi", "mi", "mi", "mi"])) == 3


def test_the_words_read_into_it_are_told() -> None:
    assert LEXICON.readings(["af", "acute"])[0].expanded == ("atrial fibrillation",)
    assert LEXICON.readings(["pain"])[0].expanded == ()


def test_what_means_the_same_does_so_both_ways() -> None:
    assert LEXICON.alike(stem("kidney")) == {stem("renal")}
    assert LEXICON.alike(stem("renal")) == {stem("kidney")}
    assert LEXICON.alike("pain") == frozenset()


@pytest.mark.parametrize(
    ("prefix", "found"),
    [("an", ["anemia", "angina", "anemias"]), ("anemia", ["anemia", "anemias"]), ("go", ["gout", "goiter"]), ("x", [])],
)
def test_words_that_start_so_come_by_frequency(prefix: str, found: list[str]) -> None:
    assert VOCABULARY.starting(prefix) == found


def test_the_number_of_words_that_start_so_is_bounded() -> None:
    assert VOCABULARY.starting("a", 2) == ["asthma", "anemia"]
    assert VOCABULARY.starting("", 3) == ["asthma", "anemia", "heart"]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        pytest.param("asthma", ["asthma"], id="right as it is"),
        pytest.param("athma", ["asthma"], id="one left out"),
        pytest.param("asthmma", ["asthma"], id="one too many"),
        pytest.param("asthna", ["asthma"], id="one wrong"),
        pytest.param("satsma", ["asthma"], id="two wrong in a long word"),
        pytest.param("guot", ["gout"], id="two turned"),
        pytest.param("gxxt", [], id="two wrong in a short word"),
        pytest.param("gou", [], id="too short to guess"),
        pytest.param("asthm4", [], id="digits are never slips"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_a_slip_is_put_right(word: str, found: list[str]) -> None:
    assert VOCABULARY.like(word) == found


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("heartattack", ("heart", "attack")),
        ("heart", None),
        ("heartx", None),
        ("", None),
        ("goutgout", ("gout", "gout")),
    ],
)
def test_two_words_written_as_one_are_parted(word: str, parts: tuple[str, str] | None) -> None:
    assert VOCABULARY.split(word) == parts


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("", "", 0),
        ("", "abc", 3),
        ("abc", "abc", 0),
        ("abc", "acb", 1),
        ("abcd", "badc", 2),
        ("kitten", "sitting", 3),
        ("asthma", "anemia", 4),
    ],
)
def test_distance_counts_edits(one: str, other: str, apart: int) -> None:
    assert distance(one, other, 9) == apart
    assert distance(other, one, 9) == apart
    assert distance(one, other, apart) == apart
    if apart:
        assert distance(one, other, apart - 1) == apart, "cut off just above what was allowed"


@given(st.text("abc", max_size=6), st.text("abc", max_size=6), st.text("abc", max_size=2))
def test_the_same_beginning_adds_no_distance(one: str, other: str, common: str) -> None:
    assert distance(common + one, common + other, 20) <= distance(one, other, 20)


@given(st.text("asthmouge", min_size=4, max_size=9))
def test_what_is_offered_for_a_slip_is_near_it(word: str) -> None:
    for near in VOCABULARY.like(word):
        assert distance(word, near, 2) <= 2


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Crohn's", "crohn"),
        ("Sjögren", "sjogren"),
        ("NAÏVE", "naive"),
        ("Graves’ disease", "graves disease"),
        ("5′-nucleotidase", "5-nucleotidase"),
        ("日本", ""),
    ],
)
def test_text_is_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Type II", ["type", "2"]),
        ("type i", ["type", "1"]),
        ("stage x", ["stage", "10"]),
        ("x ray", ["x", "ray"]),
        ("Factor VIII", ["factor", "8"]),
        ("vitamin k", ["vitamin", "k"]),
        ("third-degree", ["3rd", "degree"]),
        ("E11.9", ["e11", "9"]),
        ("a  b\tc", ["a", "b", "c"]),
    ],
)
def test_words_and_numerals_are_taken_out(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_small_words_are_left_out_unless_nothing_else_was_said() -> None:
    assert content_words("pain in the knee and of the hip") == ["pain", "knee", "hip"]
    assert content_words("in the") == ["in", "the"]
    assert is_stop("the")
    assert not is_stop("knee")


@pytest.mark.parametrize(
    "family",
    [
        ["infection", "infections", "infectious"],
        ["fracture", "fractures", "fractured"],
        ["stenosis", "stenoses"],
        ["diabetes", "diabetic"],
        ["anaemia", "anemia"],
        ["tumour", "tumor", "tumors", "tumours"],
        ["allergy", "allergies", "allergic"],
        ["ischemia", "ischaemia", "ischemic"],
    ],
    ids=lambda family: family[0],
)
def test_a_family_of_words_has_one_stem(family: list[str]) -> None:
    found = {word: stem(words_of(word)[0]) for word in family}
    assert len(set(found.values())) == 1, found


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=15))
def test_a_stem_is_never_empty_and_never_longer(word: str) -> None:
    assert 0 < len(stem(word)) <= len(word)
