"""The code book and the encoder of the process: built once, asked by date, charge master first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from charthouse.apps.reference.selectors import code_book, encoder, search_diagnoses, search_procedures, warm_up

DAY = date(2026, 11, 18)


def test_the_book_and_the_encoder_are_built_once_for_all_threads() -> None:
    warm_up()
    with ThreadPoolExecutor(4) as threads:
        books = set(threads.map(lambda _: id(code_book()), range(8)))
        encoders = set(threads.map(lambda _: id(encoder()), range(8)))
    assert (len(books), len(encoders)) == (1, 1)


def test_diagnoses_are_found_by_code_and_by_words() -> None:
    assert search_diagnoses("e119", DAY)[0].code.display == "E11.9"
    assert any(hit.code.value.startswith("E11") for hit in search_diagnoses("type 2 diabetes", DAY))
    assert len(search_diagnoses("diabetes", DAY, limit=3)) <= 3


@pytest.mark.parametrize("query", ["", "   ", "\x00", "%%%", "q" * 5000])
def test_nonsense_finds_nothing_and_does_not_fail(query: str) -> None:
    assert search_diagnoses(query, DAY) == []


def test_the_practices_own_codes_come_first() -> None:
    found = search_procedures("X12", DAY, {"X1234": "Our own service"})
    assert found[0].code.value == "X1234"
    assert found[0].is_local
    assert found[0].label == "Our own service"
