"""What coders write short, write wrong, or write as two problems at once."""

from __future__ import annotations

import pytest

from charthouse.engines.encoder.words import meant_words
from tests.engines.encoder.encoders import codes, search

FIRST = {
    "hypertensoin": "I10",
    "hypertention": "I10",
    "migrane": "G43.909",
    "diabeties": "E11.9",
    "hiccup": "R06.6",
    "hiccups": "R06.6",
    "hep c": "B18.2",
    "lupus": "M32.9",
    "dm2 w/ neuropathy": "E11.40",
    "s/p cabg": "Z95.1",
    "h/o cva": "Z86.73",
    "afib w/ rvr": "I48.91",
    "ckd 3b": "N18.32",
    "htn w/ chf": "I11.0",
    "gerd w/o esophagitis": "K21.9",
    "screening mammo": "Z12.31",
    "on coumadin": "Z79.01",
    "fell off ladder": "W11.XXXA",
    "anaemia": "D64.9",
    "oedema": "R60.9",
    "gallbladder stones": "K80.20",
    "copd exac": "J44.1",
    "heartattack": "I21.9",
    "uti": "N39.0",
    "acute appendicitis": "K35.80",
}


@pytest.mark.parametrize(("typed", "code"), FIRST.items())
def test_it_is_understood(typed: str, code: str) -> None:
    assert codes(typed, limit=5)[0] == code


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("htn & dm2", {"I10", "E11.9"}),
        ("copd with chf", {"J44.9", "I50.9"}),
        ("uti, sepsis", {"N39.0", "A41.9"}),
        ("gout + ckd 4", {"M10.9", "N18.4"}),
        ("asthma/gerd", {"J45.909", "K21.9"}),
        ("htn and hld", {"I10", "E78.5"}),
    ],
)
def test_two_problems_are_both_answered_at_the_top(typed: str, wanted: set[str]) -> None:
    assert wanted <= set(codes(typed, limit=10)[:3])


def test_each_of_several_problems_says_so() -> None:
    assert "one of 2 problems" in search("htn & dm2", limit=3)[0].reason


def test_a_phrase_that_means_one_thing_is_not_taken_apart() -> None:
    assert codes("htn w chf", limit=3)[0] == "I11.0"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Gastric ulcer without hemorrhage or perforation", ["gastric", "ulcer", "~hemorrhage", "~or", "~perforation"]),
        ("wound without foreign body of right thumb", ["wound", "~foreign", "~body", "right", "thumb"]),
        ("not intractable, with status", ["~intractable", "status"]),
        ("withuot complications", ["~complications"]),
        ("dm w/o complications", ["dm", "~complications"]),
        ("cholera without mention of bleeding", ["cholera", "~bleeding"]),
        ("without", ["without"]),
    ],
)
def test_what_is_ruled_out_is_marked(text: str, words: list[str]) -> None:
    assert [word for word in meant_words(text) if word != "~or"] == [word for word in words if word != "~or"]


def test_a_wound_is_without_a_foreign_body_unless_one_is_named() -> None:
    assert codes("laceration right thumb", limit=1) == ["S61.011A"]
    assert codes("laceration right thumb with foreign body", limit=1) == ["S61.021A"]


def test_what_is_used_here_comes_first_among_equals() -> None:
    plain = codes("pain in knee", limit=10)
    used = {plain[2].replace(".", ""): 500}
    from tests.engines.codesets.books import TODAY
    from tests.engines.encoder.encoders import encoder

    again = [hit.code.display for hit in encoder().search("pain in knee", TODAY, 10, used)]
    assert again.index(plain[2]) <= plain.index(plain[2])


def test_use_lifts_nothing_that_was_not_found() -> None:
    from tests.engines.codesets.books import TODAY
    from tests.engines.encoder.encoders import encoder

    with_use = [hit.code.display for hit in encoder().search("cholera", TODAY, 10, {"I10": 10_000})]
    assert with_use == codes("cholera", limit=10)
