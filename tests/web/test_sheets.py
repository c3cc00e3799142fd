"""Lists as files for a spreadsheet: nothing in a cell becomes a formula."""

from __future__ import annotations

import csv
import io

import pytest

from charthouse.web.sheets import csv_answer


def cells(*row: object) -> list[str]:
    return list(csv.reader(io.StringIO(csv_answer("x", ("A",), [row]).content.decode("utf-8-sig"))))[1]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_formula_is_text(text: str) -> None:
    assert cells(text) == [f"'{text}"]


def test_quotes_commas_and_lines_stay_in_their_cell() -> None:
    assert cells('a "b", c\nd', 3) == ['a "b", c\nd', "3"]


def test_the_file_has_a_name_and_reads_as_utf_8() -> None:
    answer = csv_answer("codes", ("Code",), [("Ménière",)])
    assert answer["Content-Disposition"] == 'attachment; filename="codes.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
