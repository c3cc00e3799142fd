"""What surgeons call operations: every phrase and every root of the tables finds what it is read as."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import charthouse.engines.encoder as package
from charthouse.engines.codesets import CodeBook, load_code_book
from charthouse.engines.encoder import Encoder
from charthouse.engines.encoder.inpatient import in_words_of_the_book
from charthouse.engines.encoder.words import content_words, stem

ON = date(2026, 11, 23)
DATA = Path(package.__file__).parent / "data"


@pytest.fixture(scope="module")
def book() -> CodeBook:
    return load_code_book()


@pytest.fixture(scope="module")
def encoder(book: CodeBook) -> Encoder:
    return Encoder(book)


def rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def stems(text: str) -> set[str]:
    return set(map(stem, content_words(text)))


def first_title(book: CodeBook, encoder: Encoder, text: str) -> str:
    found = encoder.search_inpatient(text, ON, 1)
    entry = book.pcs(found[0], ON) if found else None
    return entry.title if entry else ""


def test_the_first_answer_says_every_word_a_phrase_is_read_as(book: CodeBook, encoder: Encoder) -> None:
    wrong = [
        row["phrase"]
        for row in rows("inpatient.csv")
        if stems(row["meaning"]) - stems(first_title(book, encoder, row["phrase"]))
    ]
    assert wrong == []


def test_every_root_names_a_body_part_of_the_book(book: CodeBook, encoder: Encoder) -> None:
    roots = [row for row in rows("inpatient_parts.csv") if row["kind"] == "root"]
    assert len(roots) > 80
    wrong = [row["part"] for row in roots if stems(row["meaning"]) - stems(first_title(book, encoder, row["meaning"]))]
    assert wrong == []


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("splenectomy", "resection spleen"),
        ("pyloroplasty", "repair pylorus"),
        ("blepharoplasty", "repair eyelid"),
        ("arthrodesis", "fusion joint"),
        ("nephrolithotomy", "nephrolithotomy"),
        ("ectomy", "ectomy"),
        ("quillectomy", "quillectomy"),
    ],
)
def test_a_word_is_taken_apart_only_where_both_halves_are_known(word: str, meaning: str) -> None:
    assert in_words_of_the_book(word) == meaning


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("lap chole", "0FT44ZZ"),
        ("removal of gallbladder", "0FT40ZZ"),
        ("left nephrectomy open", "0TT10ZZ"),
        ("ct head", "BW28ZZZ"),
        ("acdf", "0RG10A0"),
    ],
)
def test_what_is_said_on_rounds_finds_its_code(encoder: Encoder, text: str, code: str) -> None:
    assert code in encoder.search_inpatient(text, ON, 5)


def test_a_phrase_is_read_as_words_though_codes_start_so(encoder: Encoder) -> None:
    assert not any(code.startswith("CT") for code in encoder.search_inpatient("ct", ON, 12))
    assert all(code.startswith("CT1") for code in encoder.search_inpatient("ct1", ON, 12))
