"""A plain piece of text finds every code that SQL's LIKE finds in the titles."""

from __future__ import annotations

import sqlite3
from functools import cache

import pytest

from tests.engines.codesets.books import TODAY, code_book
from tests.engines.encoder.encoders import encoder

PIECES = [
    "ardi", "emia", "itis", "osis", "ithout", "pneumo", "type 2", "left ear", "oid", "ystic f", "hypo", "nephr",
    "second", "of the ", "burn of", "tox", "glau", "xyz", "a", "-", "[", "s's", "100%", "_", "cholera due", "ZIKA",
]  # fmt: skip


@cache
def titles() -> sqlite3.Connection:
    """Codes valid today with the title they have in the list."""
    database, edition = sqlite3.connect(":memory:", check_same_thread=False), code_book().edition(TODAY)
    database.execute("CREATE TABLE codes (code TEXT, title TEXT)")
    rows = [(code, edition.nodes[place].title) for code in code_book().billable("", TODAY)
            if (place := edition.locate(code)[0]) is not None]  # fmt: skip
    database.executemany("INSERT INTO codes VALUES (?, ?)", rows)
    return database


@pytest.mark.parametrize("piece", PIECES)
def test_it_finds_what_like_finds(piece: str) -> None:
    pattern = "%" + piece.replace("%", "\\%").replace("_", "\\_") + "%"
    wanted = {code for (code,) in titles().execute("SELECT code FROM codes WHERE title LIKE ? ESCAPE '\\'", [pattern])}
    if not any(sign.isalnum() for sign in piece):
        assert encoder().search(piece, TODAY, 10) == []
        return
    found = set(encoder().containing(piece, TODAY))
    assert wanted <= found


def test_a_piece_of_a_word_is_answered_when_no_word_is_found() -> None:
    hits = encoder().search("ardi", TODAY, 10)
    assert len(hits) == 10
    assert all("ardi" in hit.title.lower() for hit in hits)


def test_no_code_stands_twice() -> None:
    codes = [hit.code for hit in encoder().search("cholera", TODAY, 100)]
    assert len(codes) == len(set(codes))
