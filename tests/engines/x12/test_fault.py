"""A segment and a fault say where they are the way people write it."""

from __future__ import annotations

from charthouse.engines.x12 import Delimiters, Segment, X12Fault

SEGMENT = Segment(7, ["SV1", "HC:G0463:25", "120.5", "", "1"], Delimiters())


def test_an_element_beyond_the_end_is_empty() -> None:
    assert SEGMENT.id == "SV1"
    assert SEGMENT.get(2) == "120.5"
    assert SEGMENT.get(9) == ""


def test_components_are_counted_from_one() -> None:
    assert SEGMENT.components(1) == ["HC", "G0463", "25"]
    assert SEGMENT.component(1, 2) == "G0463"
    assert SEGMENT.component(1, 9) == ""
    assert SEGMENT.component(3, 1) == ""


def test_the_raw_row_is_unchangeable() -> None:
    assert SEGMENT.raw == ("SV1", "HC:G0463:25", "120.5", "", "1")


def test_a_fault_at_an_element_is_written_with_two_digits() -> None:
    fault = X12Fault(1, "x12.se01.count", "SE01 is wrong.", position=90, segment="SE", element=1)
    assert fault.at == "SE01"
    assert str(fault) == "segment 90 SE01: SE01 is wrong. [x12.se01.count]"


def test_a_fault_of_a_whole_segment_has_no_digits() -> None:
    assert X12Fault(1, "x12.ge.missing", "The trailer GE is missing.", segment="GE").at == "GE"


def test_all_delimiters_are_known_together() -> None:
    assert Delimiters("|", ">", "", "\n").all == "|>\n"
