"""Codes against the patient's age and sex."""

from __future__ import annotations

from datetime import date

import pytest

from charthouse.kit import Severity, Sex
from tests.engines.edits.cases import case, rules, the


@pytest.mark.parametrize(
    ("code", "born", "fits"),
    [
        ("A33", date(2026, 11, 1), True),
        ("A33", date(2025, 11, 16), False),
        ("B08.20", date(2008, 11, 17), True),
        ("B08.20", date(2008, 11, 16), False),
        ("O09.00", date(2000, 1, 1), True),
        ("O09.00", date(1950, 1, 1), False),
        ("Z00.00", date(2015, 1, 1), False),
        ("Z00.00", date(1990, 1, 1), True),
    ],
)
def test_age_must_fit_the_code(code: str, born: date, fits: bool) -> None:
    assert ("mce.age" not in rules(case(code, birth_date=born))) == fits


def test_an_age_conflict_warns_with_its_ages() -> None:
    finding = the("mce.age", case("Z00.00", birth_date=date(2015, 1, 1)))
    assert finding.severity is Severity.WARNING
    assert "ages 15 to 124; the patient is 11" in finding.message


def test_without_a_birth_date_nothing_is_said() -> None:
    assert rules(case("A33")) == []


def test_a_birth_after_the_service_stops() -> None:
    assert the("claim.birth-date", case("I10", birth_date=date(2027, 1, 1))).severity is Severity.FATAL


@pytest.mark.parametrize(("sex", "warns"), [(Sex.MALE, True), (Sex.FEMALE, False), (Sex.UNKNOWN, False)])
def test_pregnancy_on_a_male_record_warns(sex: Sex, warns: bool) -> None:
    assert ("mce.sex" in rules(case("O09.00", sex=sex))) == warns
