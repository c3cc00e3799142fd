"""What an incomplete code lacks, and what stands beside a complete one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.engines.codesets import Missing
from charthouse.kit import Code, CodeSystem
from tests.engines.codesets.books import LAST_OF_2026, TODAY, code_book
from tests.engines.codesets.making import ON, small_book


def missing(code: str, on: date = TODAY) -> Missing:
    found = code_book().missing(Code.icd10cm(code), on)
    assert found is not None
    return found


def beside(code: str, on: date = TODAY) -> list[str]:
    return [one.code.display for one in code_book().siblings(Code.icd10cm(code), on)]


@pytest.mark.parametrize(
    ("code", "needs", "kinds"),
    [
        ("E11", 1, ("4th character",)),
        ("E11.2", 1, ("5th character",)),
        ("S82.101", 1, ("7th character",)),
        ("S52.50", 2, ("laterality", "6th character", "7th character")),
        ("C50.91", 1, ("laterality", "6th character")),
        ("T14.8", 3, ("placeholder X", "7th character")),
        ("M1A.00", 2, ("placeholder X", "7th character")),
        ("W19", 4, ("placeholder X", "7th character")),
        ("O60", 2, ("4th character", "5th character")),
    ],
)
def test_what_is_missing_is_counted_and_named(code: str, needs: int, kinds: tuple[str, ...]) -> None:
    found = missing(code)
    assert (found.needs, found.kinds) == (needs, kinds)
    assert str(needs) in found.text
    assert all(kind in found.text for kind in kinds)


def test_the_next_choices_come_with_it() -> None:
    assert [one.code.display for one in missing("T14.8").choices] == ["T14.8XXA", "T14.8XXD", "T14.8XXS"]


@pytest.mark.parametrize("code", ["I10", "E11.9", "S82.101A", "Z99.999", "ZZZ", "E", "", "S23.420A"])
def test_nothing_is_missing_from_a_whole_code_nor_from_none(code: str) -> None:
    assert code_book().missing(Code.icd10cm(code), TODAY) is None


def test_what_is_missing_goes_with_the_day() -> None:
    assert code_book().missing(Code.icd10cm("I42.0"), LAST_OF_2026) is None
    assert missing("I42.0").kinds == ("5th character",)


def test_the_text_of_what_is_missing_fits_what_the_code_is_said_to_need() -> None:
    for code in ("E11", "S52.50", "T14.8", "C50", "M86.8X1"):
        validity = code_book().is_valid(Code.icd10cm(code), TODAY)
        assert validity.text.startswith("incomplete: needs at least")


def test_an_inpatient_code_lacks_its_axes() -> None:
    found = code_book().missing(Code(CodeSystem.ICD10PCS, "0DTJ"), TODAY)
    assert found is not None
    assert (found.needs, found.kinds) == (3, ("approach", "device", "qualifier"))
    assert found.choices[0].code.value == "0DTJ0"
    assert code_book().missing(Code(CodeSystem.ICD10PCS, "0DTJ0ZZ"), TODAY) is None
    assert code_book().missing(Code(CodeSystem.ICD10PCS, "QQ"), TODAY) is None
    assert code_book().missing(Code(CodeSystem.HCPCS, "G04"), TODAY) is None


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ("C50.911", ["C50.912", "C50.919"]),
        ("M17.11", ["M17.12", "M17.10"]),
        ("S82.101A", ["S82.102A", "S82.109A"]),
        ("H40.1111", ["H40.1121", "H40.1191"]),
        ("M1A.0110", ["M1A.0120", "M1A.0190"]),
    ],
)
def test_the_other_side_stands_first(code: str, first: list[str]) -> None:
    assert beside(code)[: len(first)] == first


def test_an_injury_has_its_other_episodes_beside_it() -> None:
    found = beside("S82.101A")
    assert {"S82.101B", "S82.101D", "S82.101S"} <= set(found)
    assert "S82.101A" not in found


def test_a_code_has_the_rest_of_its_category_beside_it() -> None:
    assert {"E11.8", "E11.0"} <= set(beside("E11.9"))


@pytest.mark.parametrize("code", ["I10", "A00", "Z99.999", "ZZZ"])
def test_a_category_and_an_unknown_code_have_nothing_beside_them(code: str) -> None:
    assert beside(code) == []


def test_codes_without_text_have_each_other() -> None:
    assert beside("I42.00") == ["I42.01", "I42.09"]
    assert beside("I42.00", LAST_OF_2026) == [one for one in beside("I42.1", LAST_OF_2026) if one == "I42.00"]


def test_codes_beside_are_never_deleted_ones() -> None:
    for on in (LAST_OF_2026, TODAY):
        for one in code_book().siblings(Code.icd10cm("I42.8"), on):
            whole = code_book().is_valid(one.code, on)
            assert whole.is_valid == one.is_billable


def test_an_inpatient_code_has_its_approaches_beside_it() -> None:
    found = [one.code.value for one in code_book().siblings(Code(CodeSystem.ICD10PCS, "0DTJ0ZZ"), TODAY)]
    assert "0DTJ4ZZ" in found
    assert all(value.startswith("0DTJ") for value in found)
    assert code_book().siblings(Code(CodeSystem.ICD10PCS, "0DTJ"), TODAY) == []
    assert code_book().siblings(Code(CodeSystem.HCPCS, "G0463"), TODAY) == []


def test_a_side_that_a_code_says_already_is_not_missing(tmp_path: Path) -> None:
    chapter = (
        "<chapter><name>1</name><desc>x</desc><diag><name>A00</name><desc>Pain of right arm</desc>"
        "<diag><name>A00.1</name><desc>Pain of right arm and left leg</desc></diag>"
        "<diag><name>A00.2</name><desc>Pain of right arm and head</desc></diag></diag></chapter>"
    )
    found = small_book(tmp_path / "a.xml", chapter, "A001", "A002").missing(Code.icd10cm("A00"), ON)
    assert found is not None
    assert found.kinds == ("4th character",)


@given(st.sampled_from(list(code_book().billable("", TODAY))), st.integers(3, 7))
def test_following_the_choices_always_ends_at_a_whole_code(code: str, size: int) -> None:
    start = Code.icd10cm(code[:size])
    for _ in range(5):
        found = code_book().missing(start, TODAY)
        if found is None:
            break
        assert found.choices
        assert found.needs >= 1
        start = found.choices[-1].code
    assert code_book().is_valid(start, TODAY).is_valid or not list(code_book().billable(start.value, TODAY))


@given(st.sampled_from(list(code_book().billable("", TODAY))))
def test_whatever_stands_beside_a_code_is_another_one_of_the_day(code: str) -> None:
    for one in code_book().siblings(Code.icd10cm(code), TODAY):
        assert one.code.value != code
        assert next(code_book().billable(one.code.value, TODAY), "")
        assert one.meaning
