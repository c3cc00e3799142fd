"""The days of a CPT release: told by name or notice, never by the year of the copyright, never guessed."""

from __future__ import annotations

from datetime import date

import pytest

from charthouse.engines.codesets.loading import Head
from charthouse.engines.codesets.readers.procedures.cpt import READER

YEAR = date(2026, 1, 1), date(2026, 12, 31)


def days(notice: str, name: str = "LONGULT.txt") -> tuple[date | None, date | None]:
    found = READER.recognise(Head(name, f"{notice}\r\n0001X\tQuill\r\n".encode()))
    assert found is not None
    return found.starts, found.ends


@pytest.mark.parametrize(
    ("notice", "name"),
    [
        ("Release 2026", "LONGULT.txt"),
        ("No year", "CPT_2026_LONGULT.txt"),
        ("No year", "LONGULT2026.txt"),
        ("Release 2026. Copyright 2025 Nobody", "LONGULT.txt"),
        ("Release 2026. Copyright 1995, 1996-2025 Nobody", "LONGULT.txt"),
        ("Release 2026. (c) Nobody 2025. All rights reserved.", "LONGULT.txt"),
        ("\u00a9 2025 Nobody", "2026_LONGULT.TXT"),
    ],
)
def test_a_year_that_is_told_is_taken(notice: str, name: str) -> None:
    assert days(notice, name) == YEAR


@pytest.mark.parametrize(
    ("notice", "name"),
    [
        ("Copyright 2025 Nobody", "LONGULT.txt"),
        ("CPT copyright 1995-2025 Nobody", "LONGULT.txt"),
        ("\u00a9 2025 Nobody", "LONGULT.txt"),
        ("Release 2026", "LONGULT_2027.txt"),
        ("In force from 2026-13-45", "LONGULT.txt"),
        ("Nothing", "LONGULT.txt"),
    ],
)
def test_otherwise_the_day_has_to_be_given(notice: str, name: str) -> None:
    assert days(notice, name) == (None, None)


def test_a_first_day_needs_no_last_one() -> None:
    assert days("In force from 2026-07-01") == (date(2026, 7, 1), None)


def test_the_mark_counts_only_where_the_first_line_starts_with_it() -> None:
    for first, is_made_up in (
        ("Made-up codes in the layout of CPT, 2026", True),
        ("NOT MADE-UP CODES IN THE LAYOUT OF CPT 2026", False),
    ):
        found = READER.recognise(Head("LONGULT.txt", f"{first}\r\n0001Z\tQuill\r\n".encode()))
        assert found is not None
        assert found.is_made_up is is_made_up
