"""Dates of service and codes at their edges: leap days, spans, order, and how people write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.kit import Code, CodeSystem, ServiceDates, parse_yyyymmdd

days = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20240229", date(2024, 2, 29)),
        ("20000229", date(2000, 2, 29)),
        ("20261231", date(2026, 12, 31)),
        ("00010101", date.min),
        ("99991231", date.max),
    ],
)
def test_a_day_that_exists_is_read(text: str, day: date) -> None:
    assert parse_yyyymmdd(text) == day


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("20250229", id="no leap year"),
        pytest.param("19000229", id="no leap year, by the century"),
        pytest.param("20260431", id="April has thirty"),
        pytest.param("20261301", id="thirteenth month"),
        pytest.param("20260001", id="month nought"),
        pytest.param("20260100", id="day nought"),
        pytest.param("00000101", id="year nought"),
        pytest.param("2026-1-1", id="eight characters with hyphens"),
        pytest.param(" 2026111", id="a blank"),
        pytest.param("+2026111", id="a sign"),
        pytest.param("20261118\n", id="a line end"),
        pytest.param("2026111८", id="a digit of another script"),
        pytest.param("202611181430", id="a moment"),
    ],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_yyyymmdd(text)


@given(days, st.integers(0, 400))
def test_a_span_counts_its_days(start: date, more: int) -> None:
    dates = ServiceDates(start, start + timedelta(days=more))
    assert dates.days == more + 1
    assert dates.is_single_day == (more == 0)
    assert ServiceDates.on(start).days == 1


@given(days, st.integers(1, 400))
def test_a_span_never_runs_backwards(start: date, less: int) -> None:
    with pytest.raises(ValueError, match="cannot end"):
        ServiceDates(start, start - timedelta(days=less))


def test_spans_sort_by_start_then_end() -> None:
    one, two, three = date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3)
    spans = [ServiceDates(two, two), ServiceDates(one, three), ServiceDates(one, two)]
    assert sorted(spans) == [ServiceDates(one, two), ServiceDates(one, three), ServiceDates(two, two)]


def test_spans_over_a_leap_day_and_a_year_end() -> None:
    assert ServiceDates(date(2024, 2, 28), date(2024, 3, 1)).days == 3
    assert ServiceDates(date(2025, 2, 28), date(2025, 3, 1)).days == 2
    assert ServiceDates(date(2026, 12, 31), date(2027, 1, 1)).days == 2


@pytest.mark.parametrize(
    ("typed", "value", "shown"),
    [
        pytest.param("i10", "I10", "I10", id="three characters have no dot"),
        pytest.param("E11.9", "E119", "E11.9", id="four"),
        pytest.param("e11.22", "E1122", "E11.22", id="five"),
        pytest.param("S61412A", "S61412A", "S61.412A", id="seven"),
        pytest.param("\tM1A.9XX0\n", "M1A9XX0", "M1A.9XX0", id="blanks around"),
        pytest.param("E11.", "E11", "E11", id="a dot at the end"),
        pytest.param("", "", "", id="nothing"),
    ],
)
def test_a_diagnosis_is_kept_one_way_and_shown_one_way(typed: str, value: str, shown: str) -> None:
    code = Code.icd10cm(typed)
    assert (code.value, code.display, str(code)) == (value, shown, shown)
    assert Code.icd10cm(code.display) == code


@pytest.mark.parametrize("system", [one for one in CodeSystem if one is not CodeSystem.ICD10CM])
def test_codes_of_other_systems_get_no_dot_and_keep_their_case(system: CodeSystem) -> None:
    assert Code(system, "aB12345").display == "aB12345"


def test_the_same_value_in_two_systems_is_two_codes() -> None:
    assert Code(CodeSystem.HCPCS, "G0463") != Code(CodeSystem.LOCAL, "G0463")
    assert len({Code(CodeSystem.HCPCS, "G0463"), Code(CodeSystem.HCPCS, "G0463")}) == 1


def test_codes_sort_by_system_then_value() -> None:
    mixed = [Code(CodeSystem.HCPCS, "B"), Code.icd10cm("A00"), Code(CodeSystem.HCPCS, "A")]
    assert [str(code) for code in sorted(mixed)] == ["A", "B", "A00"]


def test_the_names_of_the_systems_are_stable() -> None:
    assert {one.value for one in CodeSystem} == {
        *("icd-10-cm", "icd-10-pcs", "hcpcs", "cpt", "local"),
        *("snomed-ct", "loinc", "rxnorm", "cvx", "other"),
    }


@given(st.text("ABCDEFSTXZabx0123456789.", max_size=9))
def test_a_diagnosis_read_twice_is_the_same(text: str) -> None:
    once = Code.icd10cm(text)
    assert Code.icd10cm(once.value) == once
    assert "." not in once.value
