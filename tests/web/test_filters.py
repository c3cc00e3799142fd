"""How pages write amounts, days, codes and counts."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from charthouse.kit import Money
from charthouse.web.templatetags import charthouse as written


@pytest.mark.parametrize(
    ("found", "text"),
    [
        ({"patients": 1, "documents": 3, "facts": 0}, "1 patient, 3 documents"),
        ({"835": 1}, "1 835"),
        ({}, ""),
        ({"facts": 0}, ""),
    ],
)
def test_counts(found: dict[str, int], text: str) -> None:
    assert written.counts(found) == text


def test_amounts() -> None:
    assert written.money(123450) == written.money(Money(123450)) == "$1,234.50"
    assert written.figure(Money(-5)) == "-0.05"
    assert written.money(None) == written.figure(None) == ""


def test_days_and_moments_are_those_of_the_house() -> None:
    late = datetime(2026, 11, 24, 3, 30, tzinfo=UTC)
    assert written.day(late) == "23 Nov 2026"
    assert written.moment(late) == "23 Nov 2026 22:30"
    assert written.day(date(2026, 11, 3)) == "3 Nov 2026"
    assert written.short_day(date(2026, 11, 3)) == "3 Nov"
    assert written.moment(None) == written.day(None) == ""


@pytest.mark.parametrize(("code", "text"), [("E1122", "E11.22"), ("E11.22", "E11.22"), ("I10", "I10")])
def test_codes_have_their_dot(code: str, text: str) -> None:
    assert written.icd(code) == text


def test_an_icon_speaks_only_with_a_label() -> None:
    assert 'aria-hidden="true"' in written.icon("stop")
    assert 'aria-label="Stops &lt;all&gt;"' in written.icon("stop", label="Stops <all>")
