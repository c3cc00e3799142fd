"""The small tables of claims: types of bill, discharge statuses, present on admission, and modifiers."""

from __future__ import annotations

import csv
import re

import pytest

from charthouse.engines.codesets import SMALL_TABLES
from tests.engines.codesets.books import code_book
from tests.samples import samples_or_skip

IN_PRACTICE = """
22 23 24 25 26 27 32 33 47 50 51 52 53 54 55 56 57 58 59 62 63 66 73 74 76 77 78 79 80 81 82 90 91 92 93 95 96 97
99 E1 E2 E3 E4 FA F1 F2 F3 F4 F5 F6 F7 F8 F9 TA T1 T2 T3 T4 T5 T6 T7 T8 T9 LC LD LM RC RI LT RT AA AD QK QS QX QY
QZ P1 P2 P3 P4 P5 P6 G8 G9 GN GO GP KX CQ CO FQ GT AS CR GA GX GY GZ GW GV JW JZ Q0 Q1 Q5 Q6 TC XE XP XS XU X1 X2
X3 X4 X5 PT QW GC GE FS FT AI
"""


@pytest.mark.parametrize("name", SMALL_TABLES)
def test_every_row_says_something_of_its_own(name: str) -> None:
    rows = code_book().small(name)
    assert rows
    assert all(row.value == value and row.label.strip() and row.group.strip() for value, row in rows.items())
    assert len({row.label for row in rows.values()}) == len(rows)


def test_there_is_no_other_table() -> None:
    with pytest.raises(KeyError):
        code_book().small("revenue-codes")


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("type-of-bill", r"0[1-8][1-9]"),
        ("bill-frequency", r"[0-9A-Z]"),
        ("discharge-status", r"[0-9]{2}"),
        ("poa", r"[YNUW1]"),
        ("modifiers", r"[0-9A-Z]{2}"),
        ("place-of-service", r"[0-9]{2}"),
    ],
)
def test_values_have_their_shape(name: str, shape: str) -> None:
    assert all(re.fullmatch(shape, value) for value in code_book().small(name))


def test_what_claims_need_is_there() -> None:
    assert {"011", "013", "085"} <= code_book().small("type-of-bill").keys()
    assert {"1", "7", "8"} <= code_book().small("bill-frequency").keys()
    assert {"01", "07", "20", "30"} <= code_book().small("discharge-status").keys()
    assert set(code_book().small("poa")) == set("YNUW1")


def test_modifiers_used_in_practice_are_all_there() -> None:
    assert [value for value in IN_PRACTICE.split() if value not in code_book().modifiers] == []


def test_every_modifier_of_the_official_file_is_there() -> None:
    folder = samples_or_skip("codesets/hcpcs")
    with (folder / "HCPC2025_OCT_ANWEB.csv").open(encoding="latin-1", newline="") as file:
        official = {row[0].strip() for row in csv.reader(file) if len(row) > 2 and row[2].strip() == "7"}
    assert len(official) == 383
    assert official <= code_book().modifiers.keys()
