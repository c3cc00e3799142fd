"""Whether a code may be reported on a day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charthouse.engines.codesets import HCPCS_NOT_LOADED, NO_TEXT, Validity, ValidityState
from charthouse.kit import Code, CodeSystem
from tests.engines.codesets.books import FIRST_OF_2027, LAST_OF_2026, TODAY, code_book, valid_on


def of(code: str, on: date = TODAY) -> Validity:
    return code_book().is_valid(Code.icd10cm(code), on)


def hcpcs(value: str, on: date = TODAY) -> Validity:
    return code_book().is_valid(Code(CodeSystem.HCPCS, value), on)


def test_a_code_in_force_has_no_end() -> None:
    validity = of("E11.9")
    assert (validity.state, validity.valid_from, validity.valid_to) == (ValidityState.VALID, date(2015, 10, 1), None)
    assert validity.is_valid
    assert validity.text == ""


def test_a_code_of_the_new_year_is_not_valid_the_day_before() -> None:
    assert of("D69.11", LAST_OF_2026).state is ValidityState.NOT_YET
    assert of("D69.11", FIRST_OF_2027).state is ValidityState.VALID


def test_a_valid_code_without_text_says_so() -> None:
    assert of("D69.11").text == NO_TEXT


def test_a_deleted_code_is_valid_to_the_last_day_of_the_old_year() -> None:
    assert of("D69.1", LAST_OF_2026).valid_to == LAST_OF_2026
    assert of("D69.1", LAST_OF_2026).is_valid
    assert not of("D69.1", FIRST_OF_2027).is_valid


def test_all_30_deleted_codes_fail_and_all_190_new_ones_pass() -> None:
    before, after = valid_on(LAST_OF_2026), valid_on(FIRST_OF_2027)
    assert not [code for code in before - after if of(code, FIRST_OF_2027).is_valid]
    assert not [code for code in after - before if of(code, LAST_OF_2026).is_valid]
    assert all(of(code, FIRST_OF_2027).is_valid for code in after - before)


def test_a_code_that_was_split_is_a_header_now_and_keeps_its_dates() -> None:
    validity = of("D69.1")
    assert (validity.state, validity.valid_to) == (ValidityState.HEADER, LAST_OF_2026)


def test_an_expired_code_says_until_when() -> None:
    gone = next(c for c in valid_on(LAST_OF_2026) - valid_on(TODAY) if of(c).state is ValidityState.EXPIRED)
    assert of(gone).text == "valid only until 2026-09-30"


@pytest.mark.parametrize(("code", "count"), [("E11", 1), ("S61.412", 1), ("T14.8", 3), ("S06.0", 2)])
def test_an_incomplete_code_says_how_much_is_missing(code: str, count: int) -> None:
    validity = of(code)
    assert validity.state is ValidityState.HEADER
    assert f"at least {count} more character" in validity.text


@pytest.mark.parametrize("code", ["Z99.999", "", "XYZ", "E", "E119X"])
def test_nonsense_is_unknown(code: str) -> None:
    assert of(code).state in {ValidityState.UNKNOWN, ValidityState.HEADER}
    assert not of(code).is_valid


@pytest.mark.parametrize("day", [date(2015, 9, 30), date(2027, 4, 1), date(1999, 1, 1)])
def test_days_outside_the_table_are_no_data(day: date) -> None:
    validity = of("E11.9", day)
    assert validity.state is ValidityState.NO_DATA
    assert "no ICD-10-CM release" in validity.release


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2025, 11, 1), "ICD-10-CM FY 2026 validity, FY 2026 (April) text"),
        (date(2026, 4, 1), "ICD-10-CM FY 2026 (April)"),
        (LAST_OF_2026, "ICD-10-CM FY 2026 (April)"),
        (FIRST_OF_2027, "ICD-10-CM FY 2027 validity, FY 2026 (April) text"),
    ],
)
def test_the_release_is_named(day: date, label: str) -> None:
    assert code_book().release_label(day) == label


def test_a_demo_hcpcs_code_is_valid_from_its_date_on() -> None:
    assert hcpcs("G0463").is_valid
    assert hcpcs("G0463", date(2013, 12, 31)).state is ValidityState.NOT_YET
    assert hcpcs("J2919", date(2024, 4, 1)).is_valid


def test_other_hcpcs_codes_are_no_data() -> None:
    assert (hcpcs("K0001").state, hcpcs("K0001").text) == (ValidityState.NO_DATA, HCPCS_NOT_LOADED)


def test_what_is_not_shaped_like_hcpcs_is_unknown() -> None:
    assert hcpcs("12345").state is ValidityState.UNKNOWN


@pytest.mark.parametrize("system", [CodeSystem.CPT, CodeSystem.LOCAL])
def test_systems_that_are_not_loaded_are_no_data(system: CodeSystem) -> None:
    validity = code_book().is_valid(Code(system, "0001"), TODAY)
    assert (validity.state, validity.text) == (ValidityState.NO_DATA, f"{system} is not loaded")


@settings(max_examples=200)
@given(st.text("ABCDEFTSZ0123456789X.", max_size=9), st.dates(date(2014, 1, 1), date(2028, 1, 1)))
def test_valid_means_within_its_dates(code: str, on: date) -> None:
    validity = of(code, on)
    if validity.is_valid:
        assert validity.valid_from
        assert validity.valid_from <= on
        assert validity.valid_to is None or on <= validity.valid_to
