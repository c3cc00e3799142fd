"""Codes are kept in one form and shown in theirs; dates of service are days that exist, in order."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.kit import Code, CodeSystem, Finding, Refusal, Refused, ServiceDates, Severity, parse_yyyymmdd


@pytest.mark.parametrize("typed", ["E11.22", "e1122", " E11.22 "])
def test_a_diagnosis_is_kept_without_its_dot(typed: str) -> None:
    assert Code.icd10cm(typed) == Code(CodeSystem.ICD10CM, "E1122")


@pytest.mark.parametrize(("value", "shown"), [("E1122", "E11.22"), ("I10", "I10"), ("S72001A", "S72.001A")])
def test_a_diagnosis_is_shown_with_its_dot(value: str, shown: str) -> None:
    assert str(Code(CodeSystem.ICD10CM, value)) == shown


def test_other_codes_are_shown_as_they_are() -> None:
    assert str(Code(CodeSystem.HCPCS, "G0463")) == "G0463"


@given(st.dates())
def test_a_date_is_read_back(day: date) -> None:
    assert parse_yyyymmdd(f"{day:%Y%m%d}".zfill(8)) == day


@pytest.mark.parametrize("text", ["20260231", "2026-02-01", "2026021", "202602011", "", "abcdefgh", "２０２６０１０１"])
def test_a_day_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_yyyymmdd(text)


def test_a_service_does_not_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        ServiceDates(date(2026, 11, 2), date(2026, 11, 1))


def test_days_count_both_ends() -> None:
    stay = ServiceDates(date(2026, 11, 18), date(2026, 11, 22))
    assert stay.days == 5
    assert not stay.is_single_day
    assert ServiceDates.on(date(2026, 11, 18)).is_single_day


def test_only_a_fatal_finding_stops() -> None:
    stops = {severity for severity in Severity if Finding("r", severity, "m", "c").stops}
    assert stops == {Severity.FATAL}
    assert sorted(Severity, key=lambda s: s.order)[0] is Severity.FATAL


def test_a_refusal_says_file_place_rule_and_mend() -> None:
    refusal = Refusal("a.xml", "line 3", "cda.malformed", "It is not well formed.", "Export it again.")
    assert str(Refused(refusal)) == "a.xml, line 3: It is not well formed. [cda.malformed] Export it again."
