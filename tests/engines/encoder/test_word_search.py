"""Searching by what people write."""

from __future__ import annotations

import pytest

from tests.engines.codesets.books import FIRST_OF_2027, LAST_OF_2026
from tests.engines.encoder.encoders import codes, search


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("copd exac", "J44.1"),
        ("afib", "I48.91"),
        ("t2dm", "E11.9"),
        ("htn", "I10"),
        ("chf", "I50.9"),
        ("ckd stage iii", "N18.30"),
        ("ckd 3a", "N18.31"),
        ("n/v", "R11.2"),
        ("type 2 diabetes with ckd", "E11.22"),
        ("uti", "N39.0"),
    ],
)
def test_abbreviations_are_read(query: str, first: str) -> None:
    assert codes(query)[0] == first


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("heart attack", "I21.9"),
        ("heartattack", "I21.9"),
        ("high blood pressure", "I10"),
        ("kidney stones", "N20.0"),
        ("dog bite", "W54.0XXA"),
        ("pink eye", "H10.9"),
        ("heartburn", "R12"),
    ],
)
def test_lay_words_are_read(query: str, first: str) -> None:
    assert codes(query)[0] == first


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("pneumonia", "J18.9"),
        ("asthma", "J45.909"),
        ("diabetes", "E11.9"),
        ("low back pain", "M54.50"),
        ("otitis media left ear", "H66.92"),
        ("essential hypertension", "I10"),
    ],
)
def test_general_words_find_the_general_code(query: str, first: str) -> None:
    assert codes(query)[0] == first


@pytest.mark.parametrize(
    ("query", "like"),
    [
        ("oedema of the larynx", "edema of larynx"),
        ("haemorrhoids", "hemorrhoids"),
        ("oesophageal varices", "esophageal varices"),
        ("diabetes type ii without complications", "type 2 diabetes without complications"),
        ("Crohns disease", "Crohn's disease"),
        ("fractures of femur", "fracture of femur"),
        ("Sjögren syndrome", "Sjogren syndrome"),
        ("second degree burn of chin", "2nd degree burns of chin"),
    ],
)
def test_spellings_that_mean_the_same_find_the_same(query: str, like: str) -> None:
    assert codes(query)[0] == codes(like)[0]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("esential hypertenion", "I10"),
        ("atrial fibrilation", "I48.91"),
        ("pnuemonia unspecified organism", "J18.9"),
        ("gastroesphageal reflux diseese without esophagitis", "K21.9"),
    ],
)
def test_slips_are_forgiven(query: str, first: str) -> None:
    assert first in codes(query)[:3]


def test_the_last_word_may_be_unfinished() -> None:
    assert codes("chronic obstructive pulm")[0] == "J44.9"
    assert codes("diab")[0] == "E11.9"


def test_words_that_nothing_knows_do_not_empty_the_list() -> None:
    assert codes("pneumonia qqqqqqqq")[0] == "J18.9"


def test_nothing_known_finds_nothing() -> None:
    assert search("qqqqqqqq zzzzzz") == []
    assert search("") == []
    assert search("  .,;  ") == []


def test_the_seventh_character_follows_the_words() -> None:
    assert codes("laceration without foreign body of left hand")[0] == "S61.412A"
    assert codes("laceration without foreign body of left hand sequela")[0] == "S61.412S"
    assert codes("laceration without foreign body of left hand subsequent")[0] == "S61.412D"


def test_a_hit_lists_the_codes_beside_it() -> None:
    hit = search("laceration without foreign body of left hand")[0]
    assert [choice.code.display for choice in hit.completions] == ["S61.412A", "S61.412D", "S61.412S"]
    side = search("otitis media left ear")[0]
    assert "H66.91" in [choice.code.display for choice in side.completions]


def test_sides_take_one_place() -> None:
    found = codes("acute follicular conjunctivitis")
    assert sum(code.startswith("H10.01") for code in found) == 1


def test_a_named_side_is_the_one_shown() -> None:
    assert codes("acute follicular conjunctivitis left eye")[0] == "H10.012"


def test_matched_words_stand_in_the_title() -> None:
    hit = search("copd exac")[0]
    assert "exacerbation" in hit.matched
    assert all(word in hit.title for word in hit.matched)


def test_the_reason_says_how_the_query_was_read() -> None:
    assert search("afib")[0].reason == "atrial fibrillation · all words"
    assert search("copd exac")[1].reason.endswith("some words: Chronic, obstructive, pulmonary, disease")


def test_a_code_split_into_codes_without_text_is_offered_as_a_header() -> None:
    hit = search("qualitative platelet defects", FIRST_OF_2027)[0]
    assert (hit.code.display, hit.is_billable) == ("D69.1", False)
    assert [choice.code.display for choice in hit.completions] == ["D69.11", "D69.19"]
    assert search("qualitative platelet defects", LAST_OF_2026)[0].is_billable


def test_scores_fall() -> None:
    scores = [hit.score for hit in search("chronic kidney disease")]
    assert scores == sorted(scores, reverse=True)


def test_the_same_query_gives_the_same_answer() -> None:
    assert search("fracture of wrist") == search("fracture of wrist")


def test_after_the_best_few_stand_others_of_the_best_one_s_category() -> None:
    found = [code[:3] for code in codes("iron deficiency anemia")]
    own = [place for place, category in enumerate(found) if category == found[0]]
    others = [place for place, category in enumerate(found) if category != found[0] and place >= 4]
    assert len(own) > 1
    assert all(place < min(others, default=99) for place in own if place >= 4)
