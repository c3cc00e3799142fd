"""The segment writer: values become X12 text one way only, empty ends fall off, what is too long is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.engines.x12 import Delimiters
from charthouse.engines.x12.limits import LONGEST
from charthouse.engines.x12.loops import read_money, read_quantity
from charthouse.engines.x12.writer import SegmentWriter, Value, period, quantity_text
from charthouse.kit import Money, Refused, ServiceDates

LIMITS = [(segment, element, most) for segment, limits in LONGEST.items() for element, most in limits.items()]


def _written(segment_id: str, *values: Value, keeps_case: bool = False) -> str:
    writer = SegmentWriter(Delimiters(), keeps_case=keeps_case)
    writer.add(segment_id, *values)
    return writer.lines[0]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("ABC", "ABC"),
        ("abc", "ABC"),
        (Money(12_050), "120.5"),
        (Money(0), "0"),
        (Money(-5), "-.05"),
        (date(2026, 3, 10), "20260310"),
        (Decimal("1.50"), "1.5"),
        (7, "7"),
        (0, "0"),
        (("HC", "G0463"), "HC:G0463"),
        (("HC", "G0463", "", "", "", "", "TEXT"), "HC:G0463:::::TEXT"),
        (("HC", "G0463", "", ""), "HC:G0463"),
    ],
)
def test_a_value_is_written_one_way(value: Value, text: str) -> None:
    assert _written("ZZ", value) == f"ZZ*{text}"


@pytest.mark.parametrize("empty", ["", None, (), ("", None), "   ", "~"])
def test_empty_elements_at_the_end_fall_off(empty: Value) -> None:
    assert _written("ZZ", "A", empty, empty) == "ZZ*A"
    assert _written("ZZ", empty, "A") == "ZZ**A"


def test_case_is_kept_where_the_writer_is_told_to() -> None:
    assert _written("ZZ", "Ab", keeps_case=True) == "ZZ*Ab"


def test_a_delimiter_inside_a_component_cannot_break_it() -> None:
    assert _written("ZZ", ("A:B", "C*D")) == "ZZ*A B:C D"


def test_a_segment_is_written_only_where_its_condition_holds() -> None:
    writer = SegmentWriter(Delimiters())
    writer.add_if("", "AA", "1")
    writer.add_if("x", "BB", "1")
    assert writer.lines == ["BB*1"]


@pytest.mark.parametrize(("segment", "element", "most"), LIMITS)
def test_the_longest_text_fits_and_one_more_is_refused(segment: str, element: int, most: int) -> None:
    blanks = [""] * (element - 1)
    assert _written(segment, *blanks, "X" * most).endswith("X" * most)
    with pytest.raises(Refused) as caught:
        _written(segment, *blanks, "X" * (most + 1))
    assert caught.value.refusal.source == f"{segment}{element:02d}"
    assert str(most) in caught.value.refusal.message


def test_length_is_measured_after_spelling() -> None:
    assert _written("NTE", "ADD", "ß" * 40) == "NTE*ADD*" + "SS" * 40
    with pytest.raises(Refused):
        _written("NTE", "ADD", "ß" * 41)


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        ("1", "1"),
        ("1.0", "1"),
        ("0.5", ".5"),
        ("-0.5", "-.5"),
        ("10", "10"),
        ("1E+2", "100"),
        ("0", "0"),
        ("0.00", "0"),
    ],
)
def test_a_quantity_has_no_exponent_and_no_idle_zeros(quantity: str, text: str) -> None:
    assert quantity_text(Decimal(quantity)) == text


@given(st.decimals(Decimal("-99999"), Decimal(99_999), places=3))
def test_any_quantity_is_read_back_the_same(quantity: Decimal) -> None:
    assert read_quantity(quantity_text(quantity)) == quantity


@given(st.integers(-(10**12), 10**12).map(Money))
def test_any_amount_is_read_back_the_same(amount: Money) -> None:
    assert read_money(_written("AMT", amount).removeprefix("AMT*")) == amount


@given(st.dates(date(1900, 1, 1)), st.integers(0, 400))
def test_a_period_says_by_its_qualifier_whether_it_is_one_day(start: date, days: int) -> None:
    end = date.fromordinal(min(start.toordinal() + days, date.max.toordinal()))
    qualifier, text = period(ServiceDates(start, end))
    assert qualifier == ("D8" if start == end else "RD8")
    assert len(text) == (8 if start == end else 17)
