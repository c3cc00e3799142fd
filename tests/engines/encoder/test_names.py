"""The table of other names: every code in it good, every line saying something that the list itself does not."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest

from charthouse.engines.codesets.edition import Edition
from charthouse.engines.encoder import Encoder
from charthouse.engines.encoder.surfaces import NAMES, Surfaces
from charthouse.engines.encoder.tables import rows
from charthouse.engines.encoder.words import meant_words, stem_of
from tests.engines.codesets.books import TODAY, code_book
from tests.engines.encoder.encoders import encoder

SHAPE = re.compile(r"[a-z0-9][a-z0-9 '/-]*")
CODE = re.compile(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?")


def lines() -> list[tuple[str, str]]:
    return [(row["name"], row["code"]) for row in rows(NAMES)]


def stems(text: str) -> frozenset[str]:
    return frozenset(map(stem_of, meant_words(text)))


@pytest.fixture(scope="module")
def edition() -> Edition:
    return code_book().edition(TODAY)


def test_every_line_is_a_plain_name_and_a_dotted_code() -> None:
    assert [line for line in lines() if not SHAPE.fullmatch(line[0]) or not CODE.fullmatch(line[1])] == []


def test_lines_stand_in_order_of_their_codes_and_none_twice() -> None:
    found = [(code, name) for name, code in lines()]
    assert [pair for pair in pairwise(found) if pair[0] >= pair[1]] == []
    assert [name for name, count in Counter((stems(name), code) for name, code in lines()).items() if count > 1] == []


def test_every_code_is_good_today_or_leads_to_one_that_is() -> None:
    codes = {code.replace(".", "") for _, code in lines()}
    assert [code for code in sorted(codes) if not any(True for _ in code_book().billable(code, TODAY))] == []


def test_no_name_repeats_what_the_list_says_of_its_code(edition: Edition) -> None:
    at = {node.name: place for place, node in enumerate(edition.nodes)}
    surfaces = Surfaces(edition)
    repeated = []
    for name, dotted in lines():
        place = at.get(dotted.replace(".", ""))
        if place is not None:
            said = [edition.nodes[place].title, *surfaces.own_terms(place)]
            repeated += [(name, dotted) for text in said if stems(name) <= stems(text)]
    assert repeated == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [("slipped disc", "M51"), ("panmural cystitis", "N30.1"), ("colliquative panmural cystitis", "N30.1")],
)
def test_what_is_known_by_another_name_is_found_by_it(typed: str, code: str) -> None:
    assert encoder().best_codes(typed, TODAY, 1)[0].startswith(code)


def test_the_reason_says_that_it_is_another_name() -> None:
    assert encoder().search("panmural cystitis", TODAY, 1)[0].reason == "all words, in another name for it"


def test_a_withheld_term_is_not_known_by_a_name_of_the_same_words() -> None:
    assert ("panmural cystitis", "N30.1") in lines()
    held_back = Encoder(code_book(), without_terms=frozenset([("X999", "Cystitis, panmural")]))
    assert all("another name" not in hit.reason for hit in held_back.search("panmural cystitis", TODAY, 20))
