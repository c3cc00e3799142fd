"""The names of the releases that answer: fiscal years of ICD-10-CM and the HCPCS demo set."""

from __future__ import annotations

from datetime import date

TEXT = "FY 2026 (April)"
TEXT_FROM, TEXT_TO = date(2026, 4, 1), date(2026, 9, 30)
HCPCS_DEMO = "HCPCS Level II demo set, October 2025"


def fiscal_year(on: date) -> int:
    """The federal fiscal year of a day: it starts on 1 October of the year before."""
    return on.year + (on.month >= 10)


def label(on: date, text: str, *, is_in_force: bool) -> str:
    """The ICD-10-CM release in force on a day, and the release its text is taken from where that is another."""
    return f"ICD-10-CM {text}" if is_in_force else f"ICD-10-CM FY {fiscal_year(on)} validity, {text} text"
