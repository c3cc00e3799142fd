"""Records: quotes, line ends and encodings are as they should be, or a fault with its line."""

from __future__ import annotations

import contextlib
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.engines.codesets.loading import Faults
from charthouse.engines.codesets.readers.payment.records import PLAIN, Spelling, cells_of, records_in
from charthouse.kit import Refused
from tests.engines.codesets.readers.payment.files import source_of


def _records(data: bytes, spelling: Spelling = PLAIN) -> tuple[list[tuple[int, list[str]]], list[str]]:
    faults = Faults("x")
    found: list[tuple[int, list[str]]] = []
    with contextlib.suppress(Refused):
        found.extend(records_in(source_of(data, "x.csv"), faults, spelling))
    return found, [f"{one.rule.removeprefix('codesets.')} {one.place}" for one in faults.found]


def test_a_cell_may_hold_quotes_commas_and_lines() -> None:
    found, faults = _records(b'a,"b ""c"", d\r\ne",f\r\ng,h,i\r\n')
    assert found == [(1, ["a", 'b "c", d\r\ne', "f"]), (3, ["g", "h", "i"])]
    assert faults == []


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b'a,b\nc"d,"e\n', "csv line 2"),
        (b'a,"b"c\n', "csv line 1"),
        (b'a,b\n"c,d\ne', "cut-off line 2"),
        (b"a,b\nc,d", "cut-off line 2"),
        (b"a,b\n\0,d\n", "control-character line 2, column byte 1"),
        ("a,\u00e9\n".encode() + "b,\u00e9\n".encode("latin-1"), "encoding line 2, column byte 3"),
        (b"a\n\xe9\x81\n", "encoding line 2, column byte 2"),
        (b"a\n" + b"b" * 200_000, "line-length line 2"),
        (b'a\n"' + b"b\n" * 100_000, "record-length line 2"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(data: bytes, fault: str) -> None:
    assert fault in _records(data)[1]


def test_the_first_letter_beyond_ascii_decides_the_encoding_however_late_it_comes() -> None:
    plain = b"a,b\n" * 40_000
    for encoding in ("utf-8", "cp1252"):
        found, faults = _records(plain + "caf\u00e9,\u2014\n".encode(encoding))
        assert found[-1] == (40_001, ["caf\u00e9", "\u2014"])
        assert faults == []


def test_a_byte_order_mark_is_no_part_of_the_first_cell() -> None:
    assert _records(b"\xef\xbb\xbfCode,b\n")[0] == [(1, ["Code", "b"])]


def test_a_layout_may_say_latin_1_and_longer_records() -> None:
    assert _records(b"\x81,b\n", Spelling("latin-1"))[0] == [(1, ["\x81", "b"])]
    long = b'"' + b"x" * 300_000 + b'"\n'
    assert len(_records(long, Spelling(longest=1_000_000))[0][0][1][0]) == 300_000


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=8), min_size=1))
def test_cells_are_those_the_csv_module_wrote(cells: list[str]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    assert cells_of(text.getvalue().removesuffix("\n")) == cells


@given(st.text('",a\r', max_size=12))
def test_cells_of_any_text_are_cells_or_nothing(text: str) -> None:
    found = cells_of(text)
    assert found is None or sum(map(len, found)) <= len(text)
