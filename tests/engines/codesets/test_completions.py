"""How an incomplete code goes on."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.kit import Code, CodeSystem
from tests.engines.codesets.books import FIRST_OF_2027, LAST_OF_2026, TODAY, code_book


def choices(code: str, on: date = TODAY) -> dict[str, tuple[str, bool]]:
    found = code_book().completions(Code.icd10cm(code), on)
    return {one.characters: (one.meaning, one.is_billable) for one in found}


def test_the_next_characters_are_listed_with_their_meaning() -> None:
    assert choices("J44.8") == {
        "1": ("Bronchiolitis obliterans and bronchiolitis obliterans syndrome", True),
        "9": ("Other specified chronic obstructive pulmonary disease", True),
    }


def test_seventh_characters_are_offered() -> None:
    assert choices("S61.412") == {
        "A": ("initial encounter", True),
        "D": ("subsequent encounter", True),
        "S": ("sequela", True),
    }


def test_placeholders_are_filled_in() -> None:
    assert list(choices("T14.8")) == ["XXA", "XXD", "XXS"]
    assert all(characters.startswith("X") for characters in choices("S06.0"))


def test_what_the_parent_says_is_not_said_again() -> None:
    assert choices("E11")["9"] == ("without complications", True)
    assert choices("E11")["2"] == ("with kidney complications", False)


def test_a_complete_code_has_none() -> None:
    assert choices("E11.9") == {}


def test_only_codes_valid_on_the_day_are_offered() -> None:
    assert choices("D69.1", LAST_OF_2026) == {}
    assert set(choices("D69.1", FIRST_OF_2027)) == {"1", "9"}


def test_invalid_expansions_are_not_offered() -> None:
    assert set(choices("S06.0XA")) == {"A", "D", "S"}
    assert "D" not in choices("S06.2X7")


@pytest.mark.parametrize("code", [Code(CodeSystem.HCPCS, "G04"), Code.icd10cm("E"), Code.icd10cm("")])
def test_other_systems_and_stubs_have_none(code: Code) -> None:
    assert code_book().completions(code, TODAY) == []


@given(st.sampled_from(sorted(code_book().validity.periods)), st.integers(3, 6))
def test_following_completions_ends_at_billable_codes(code: str, size: int) -> None:
    book = code_book()
    for choice in book.completions(Code.icd10cm(code[:size]), TODAY):
        assert choice.code.value.startswith(code[:size])
        assert choice.is_billable == book.is_valid(choice.code, TODAY).is_valid
        assert choice.is_billable or book.completions(choice.code, TODAY)
