"""Searches answer for the day of service: codes in force then, each once, the best first, no more than asked for."""

from __future__ import annotations

from datetime import date

import pytest

from charthouse.apps.reference.selectors import code_book, search_diagnoses, search_procedures
from charthouse.kit import Code, CodeSystem

DAY = date(2026, 11, 18)


@pytest.mark.parametrize("written", ["E11.22", "e1122", " e11.22 ", "E1122"])
def test_a_code_is_found_however_it_is_written(written: str) -> None:
    assert search_diagnoses(written, DAY)[0].code.display == "E11.22"


@pytest.mark.parametrize("query", ["diabetes", "heart failure", "E11", "fracture of femur"])
@pytest.mark.parametrize("limit", [1, 5, 12])
def test_no_more_than_asked_for_and_each_code_once(query: str, limit: int) -> None:
    found = [hit.code.value for hit in search_diagnoses(query, DAY, limit)]
    assert 0 < len(found) <= limit
    assert len(set(found)) == len(found)


def test_a_longer_list_begins_with_the_shorter() -> None:
    short, long = (search_diagnoses("diabetes with kidney disease", DAY, limit) for limit in (3, 12))
    assert [hit.code for hit in long[:3]] == [hit.code for hit in short]


def test_what_is_found_is_valid_on_the_day() -> None:
    for hit in search_diagnoses("diabetes", DAY):
        assert code_book().is_valid(hit.code, DAY).is_valid


def test_the_same_question_has_the_same_answer() -> None:
    assert search_diagnoses("chronic kidney disease", DAY) == search_diagnoses("chronic kidney disease", DAY)


def test_own_codes_are_shown_with_the_practices_label() -> None:
    found = search_procedures("clinic", DAY, {"G0463": "Our clinic visit"})
    assert found[0].code.value == "G0463"
    assert found[0].label == "Our clinic visit"


def test_without_own_codes_the_public_ones_answer() -> None:
    found = search_procedures("G0463", DAY, {})
    assert found[0].code == Code(CodeSystem.HCPCS, "G0463")
    assert not found[0].is_local


@pytest.mark.parametrize("query", ["", " ", "\x00", "()[]{}*+?\\", "a" * 10_000, "😀"])
def test_procedures_take_any_question(query: str) -> None:
    assert search_procedures(query, DAY, {"G0463": "Visit"}) == []


def test_the_release_of_a_day_is_named() -> None:
    assert code_book().release_label(DAY)
    assert code_book().release_label(DAY) == code_book().release_label(DAY)
