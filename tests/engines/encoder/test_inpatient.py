"""ICD-10-PCS by words: the surgeon's word finds the book's root operation, valid on the day."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

import charthouse.engines.encoder as package
from charthouse.engines.encoder import Encoder
from charthouse.engines.encoder.inpatient import in_words_of_the_book
from tests.engines.codesets.books import code_book

ON = date(2026, 11, 23)
TABLE = Path(package.__file__).parent / "data" / "inpatient.csv"


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(code_book())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("lap appendectomy", "0DTJ4ZZ"),
        ("laparoscopic cholecystectomy", "0FT44ZZ"),
        ("resection of gallbladder open", "0FT40ZZ"),
        ("egd", "0DJ08ZZ"),
        ("tavr zooplastic", "02RF38Z"),
        ("right kidney transplant allogeneic", "0TY00Z0"),
        ("hemodialysis", "5A1D70Z"),
    ],
)
def test_words_find_the_code_among_the_first(encoder: Encoder, text: str, code: str) -> None:
    assert code in encoder.search_inpatient(text, ON, 5)


def test_the_start_of_a_code_lists_codes_in_order(encoder: Encoder) -> None:
    found = encoder.search_inpatient("0dtj", ON, 20)
    assert found == sorted(found)
    assert all(code.startswith("0DTJ") for code in found)


def test_only_codes_of_the_day_are_found(encoder: Encoder) -> None:
    known = code_book()
    for day in (date(2015, 9, 30), ON):
        assert all(
            known.is_valid_pcs(code, day) for code in encoder.search_inpatient("bypass coronary artery", day, 20)
        )
    assert encoder.search_inpatient("bypass coronary artery", date(2015, 9, 30)) == []


@pytest.mark.parametrize("text", ["", "\x00\x01", "糖尿病", "x" * 10_000, "zzxqv"])
def test_hostile_words_find_nothing(encoder: Encoder, text: str) -> None:
    assert encoder.search_inpatient(text, ON) == []


def test_the_longest_phrase_is_read_first() -> None:
    assert in_words_of_the_book("Total hip replacement, left").split()[:3] == ["replacement", "hip", "joint"]
    assert in_words_of_the_book("above knee amputation") == "detachment upper leg"


def test_every_phrase_of_the_table_finds_something(encoder: Encoder) -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        phrases = [row["phrase"] for row in csv.DictReader(file)]
    assert len(phrases) == len(set(phrases))
    assert [phrase for phrase in phrases if not encoder.search_inpatient(phrase, ON, 1)] == []
