"""UTF-8 always, Windows-1252 only when the header block says so, nothing by guessing; damaged files never crash."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charthouse.engines.plaintext import read
from charthouse.kit import Refused
from tests.engines.plaintext.building import NOTE

ACCENTED = NOTE.replace("Slept well.", "Café – slept well.")


def body(data: bytes) -> str:
    return read(data, "note.txt").documents[1].sections[0].text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_with_and_without_a_mark(encoding: str) -> None:
    assert body(ACCENTED.encode(encoding)) == "Café – slept well."


@pytest.mark.parametrize("name", ["windows-1252", "Windows-1252", "cp1252"])
def test_windows_1252_when_declared(name: str) -> None:
    assert body(f"Charset: {name}\n{ACCENTED}".encode("cp1252")) == "Café – slept well."


def test_windows_1252_undeclared_is_refused_by_byte() -> None:
    data = ACCENTED.encode("cp1252")
    with pytest.raises(Refused) as caught:
        read(data, "note.txt")
    refusal = caught.value.refusal
    assert (refusal.rule, refusal.place) == ("intake.wrong-encoding", f"byte {data.index(0xE9)}")
    assert "Charset: windows-1252" in refusal.mend


def test_charset_in_the_body_declares_nothing() -> None:
    data = ACCENTED.replace("Café", "Charset: windows-1252\nCafé").encode("cp1252")
    with pytest.raises(Refused):
        read(data, "note.txt")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_wide_encodings_are_refused(encoding: str) -> None:
    with pytest.raises(Refused):
        read(NOTE.encode(encoding), "note.txt")


def test_unknown_charset_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        read(f"Charset: utf-7\n{NOTE}".encode(), "note.txt")
    assert caught.value.refusal.rule == "intake.wrong-encoding"


WHOLE = NOTE.encode()


@given(st.integers(0, len(WHOLE)))
def test_truncated_note_is_refused_or_read(length: int) -> None:
    with contextlib.suppress(Refused):
        read(WHOLE[:length], "note.txt")


@settings(max_examples=300)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_flipped_bytes_are_refused_or_read(flips: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for position, byte in flips:
        data[position] = byte
    with contextlib.suppress(Refused):
        read(bytes(data), "note.txt")


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        read(data, "note.txt")


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf", b"\xef\xbb\xbf \r\n", "\u2003\u00a0\n".encode()])
def test_a_file_with_nothing_to_read_is_refused_as_empty(data: bytes) -> None:
    with pytest.raises(Refused, match="empty"):
        read(data, "note.txt")
