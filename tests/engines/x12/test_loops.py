"""Taking a loop apart: what is taken is gone, what is left is told, what is missing or unreadable is a fault."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from charthouse.engines.x12 import Delimiters, Segment, X12Fault
from charthouse.engines.x12.loops import Loop, Values, cut, read_money, read_quantity
from charthouse.kit import Money, ServiceDates

MARKS = Delimiters()


def _segments(*texts: str, start: int = 10) -> list[Segment]:
    return [Segment(start + n, text.split("*"), MARKS) for n, text in enumerate(texts)]


def _values() -> tuple[Values, list[X12Fault]]:
    faults: list[X12Fault] = []
    return Values("0001", 3, faults.append), faults


def _loop(*texts: str) -> tuple[Loop, list[X12Fault]]:
    values, faults = _values()
    return Loop("2300", _segments(*texts), values), faults


def test_a_segment_is_taken_by_id_and_qualifier_once() -> None:
    loop, faults = _loop("REF*G1*A", "REF*F8*B", "REF*G1*C")
    assert loop.take("REF", "F8").get(2) == "B"
    assert loop.take("REF", "F8").get(2) == ""
    assert [loop.take("REF", "G1").get(2) for _ in range(3)] == ["A", "C", ""]
    assert faults == []


def test_a_qualifier_may_stand_in_another_element() -> None:
    loop, _ = _loop("LIN**EN*1", "LIN**N4*2")
    assert loop.take("LIN", "N4", at=2).get(3) == "2"


def test_all_of_a_kind_are_taken_in_order() -> None:
    loop, _ = _loop("LQ*HE*A", "LQ*RX*B", "LQ*HE*C", "LQ*HE*C")
    assert [segment.get(2) for segment in loop.take_all("LQ", "HE")] == ["A", "C", "C"]
    assert loop.left == (("LQ", "RX", "B"),)


def test_a_segment_may_be_taken_by_any_test() -> None:
    loop, _ = _loop("HI*BG:17", "HI*ABK:E119")
    taken = loop.take_matching(lambda segment: segment.component(1, 1) == "ABK")
    assert taken is not None
    assert taken.component(1, 2) == "E119"
    assert loop.take_matching(lambda segment: segment.id == "ZZ") is None


def test_what_is_not_taken_is_left_in_order() -> None:
    loop, _ = _loop("AA*1", "BB*2", "CC*3")
    loop.take("BB")
    assert loop.left == (("AA", "1"), ("CC", "3"))


def test_a_required_segment_that_is_absent_is_a_fault_at_the_start_of_its_loop() -> None:
    loop, faults = _loop("AA*1")
    assert loop.require("DTP", "472").get(3) == ""
    (fault,) = faults
    assert (fault.rule, fault.level, fault.segment, fault.position) == ("x12.segment.missing", 2, "DTP", 10)
    assert (fault.loop, fault.set_control, fault.position_in_set) == ("2300", "0001", 8)
    assert "DTP*472" in fault.sentence


def test_a_required_segment_that_is_there_is_no_fault() -> None:
    loop, faults = _loop("DTP*472*D8*20260310")
    assert loop.require("DTP", "472").get(3) == "20260310"
    assert faults == []


def test_segments_are_cut_at_each_id() -> None:
    head, stretches = cut(_segments("A", "LX*1", "B", "LX*2", "SE"), "LX", "SE")
    assert [segment.id for segment in head] == ["A"]
    assert [[segment.id for segment in stretch] for stretch in stretches] == [["LX", "B"], ["LX"], ["SE"]]
    assert cut([], "LX") == ([], [])


@pytest.mark.parametrize("text", ["100", "100.", ".5", "100.000", "-0", "-1.50"])
def test_plain_amounts_and_quantities_are_read(text: str) -> None:
    assert read_money(text) is not None


@pytest.mark.parametrize("text", ["", ".", "-", "1e3", "1,000", "١", "0x1", "NaN", "Infinity", "+1", " 1"])
def test_other_texts_are_neither_amount_nor_quantity(text: str) -> None:
    assert read_money(text) is None
    assert read_quantity(text) is None


def test_an_optional_value_that_is_empty_is_no_fault() -> None:
    values, faults = _values()
    (segment,) = _segments("ZZ**")
    assert values.optional_money(segment, 1, "2300") is None
    assert values.optional_decimal(segment, 1, "2300") is None
    assert values.day(segment, 1, "2300") is None
    assert faults == []


def test_an_optional_value_that_is_unreadable_is_none_and_a_fault() -> None:
    values, faults = _values()
    (segment,) = _segments("ZZ*x*y*20260231")
    assert values.optional_money(segment, 1, "2300") is None
    assert values.optional_decimal(segment, 2, "2300") is None
    assert values.day(segment, 3, "2300") is None
    assert [(fault.at, fault.value) for fault in faults] == [("ZZ01", "x"), ("ZZ02", "y"), ("ZZ03", "20260231")]
    assert values.count == 3


def test_values_of_the_right_shape_are_read() -> None:
    values, faults = _values()
    (segment,) = _segments("ZZ*12.5*1.5*20260310*0930")
    assert values.money(segment, 1, "2300") == Money(1_250)
    assert values.decimal(segment, 2, "2300") == Decimal("1.5")
    assert values.day(segment, 3, "2300") == date(2026, 3, 10)
    assert values.moment(segment, 3, 4, "header") == datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
    assert faults == []


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("20260310", date(2026, 3, 10), date(2026, 3, 10)),
        ("20260310-20260311", date(2026, 3, 10), date(2026, 3, 11)),
        ("202603100800", date(2026, 3, 10), date(2026, 3, 10)),
        ("202603100800-202603111200", date(2026, 3, 10), date(2026, 3, 11)),
    ],
)
def test_a_day_or_a_span_is_read_without_its_hours(text: str, start: date, end: date) -> None:
    values, faults = _values()
    assert values.dates(_segments(f"DTP*472*D8*{text}")[0], "2400") == ServiceDates(start, end)
    assert faults == []


@pytest.mark.parametrize("text", ["", "2026", "20260310-", "20260311-20260310", "20261301", "2026031O", "202603101"])
def test_a_period_that_is_none_is_a_fault(text: str) -> None:
    values, faults = _values()
    assert values.dates(_segments(f"DTP*472*D8*{text}")[0], "2400") is None
    assert [fault.at for fault in faults] == ["DTP03"]


def test_a_fault_can_be_told_to_two_at_once() -> None:
    values, faults = _values()
    own: list[X12Fault] = []
    values.also_to(own.append).money(_segments("ZZ*x")[0], 1, "2100")
    assert own == faults
    assert len(own) == 1
