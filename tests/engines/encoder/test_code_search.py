"""Searching by the code itself."""

from __future__ import annotations

import pytest

from tests.engines.codesets.books import FIRST_OF_2027, LAST_OF_2026
from tests.engines.encoder.encoders import codes, search


@pytest.mark.parametrize("query", ["e119", "E11.9", "E119", " e11.9 "])
def test_a_whole_code_is_found_with_or_without_its_dot(query: str) -> None:
    hit = search(query)[0]
    assert (hit.code.display, hit.is_billable) == ("E11.9", True)


def test_a_header_comes_first_with_its_completions() -> None:
    hit = search("S61.412")[0]
    assert (hit.code.display, hit.is_billable) == ("S61.412", False)
    assert [choice.characters for choice in hit.completions] == ["A", "D", "S"]


def test_below_a_header_stand_its_billable_codes() -> None:
    assert codes("S61.412")[1:] == ["S61.412A", "S61.412D", "S61.412S"]


def test_two_characters_are_a_prefix_too() -> None:
    found = codes("E1", limit=5)
    assert len(found) == 5
    assert all(code.startswith("E1") for code in found)


def test_codes_follow_the_day() -> None:
    assert codes("D69.1", LAST_OF_2026) == ["D69.1"]
    assert codes("D69.1", FIRST_OF_2027) == ["D69.1", "D69.11", "D69.19"]
    assert not search("D69.1", FIRST_OF_2027)[0].is_billable


def test_the_limit_holds() -> None:
    assert len(search("S", limit=3)) <= 3
    assert len(search("S72", limit=3)) == 3
    assert search("E11.9", limit=0) == []


def test_the_code_editors_marks_are_shown() -> None:
    assert search("D63.1")[0].marks == ("manifestation",)
