"""The tables of abbreviations, lay words and equivalents."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

import charthouse.engines.encoder as package
from charthouse.engines.encoder.lexicon import Lexicon, load_lexicon
from charthouse.engines.encoder.words import stem
from tests.engines.codesets.books import TODAY, code_book

DATA = Path(package.__file__).parent / "data"


@cache
def lexicon() -> Lexicon:
    return load_lexicon()


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", ["abbreviations.csv", "synonyms.csv"])
def test_every_code_leads_to_a_valid_code(name: str) -> None:
    book = code_book()
    dead = [r["code"] for r in rows(name) if r["code"] and not any(book.billable(r["code"].replace(".", ""), TODAY))]
    assert dead == []


@pytest.mark.parametrize("name", ["abbreviations.csv", "synonyms.csv"])
def test_no_row_is_written_twice(name: str) -> None:
    written = [(row["phrase"], row["meaning"]) for row in rows(name)]
    assert len(written) == len(set(written))
    assert all(row["phrase"] and row["meaning"] for row in rows(name))


def test_the_tables_are_of_useful_size() -> None:
    assert len(rows("abbreviations.csv")) >= 400
    assert len(rows("synonyms.csv")) >= 250


def test_the_longest_phrase_wins() -> None:
    reading = lexicon().readings(["low", "back", "pain"])[0]
    assert reading.code == "M5450"


def test_an_abbreviation_with_two_meanings_is_read_both_ways() -> None:
    codes = {reading.code for reading in lexicon().readings(["asd"])}
    assert codes == {"Q2110", "F840"}


def test_a_code_is_meant_only_when_the_phrase_is_the_whole_query() -> None:
    assert lexicon().readings(["copd"])[0].code == "J449"
    assert lexicon().readings(["copd", "exac"])[0].code == ""


def test_lay_words_are_also_read_as_written() -> None:
    assert lexicon().readings(["heart", "attack"])[-1].words == ("heart", "attack")


def test_readings_are_few() -> None:
    assert len(lexicon().readings(["asd", "pvd", "arf", "gbs", "bpd"] * 2)) <= 3


def test_equivalents_leave_out_the_word_itself() -> None:
    assert stem("renal") in lexicon().alike(stem("kidney"))
    assert stem("kidney") not in lexicon().alike(stem("kidney"))


def test_a_word_of_a_phrase_is_known() -> None:
    assert lexicon().knows("pinworms")
    assert lexicon().knows("underactive")
    assert not lexicon().knows("qqqq")
