"""The tokenizer: delimiters from each ISA, line ends ignored, positions right, damage reported and passed."""

from __future__ import annotations

import tracemalloc
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charthouse.engines.x12 import Delimiters, Segment, X12Fault, read_interchanges, read_segments, write_interchange
from tests.engines.x12.examples import CLAIM, claims_set, interchange_of

BODY = claims_set(CLAIM)
GOOD = write_interchange(interchange_of("837", BODY))
OTHER_MARKS = write_interchange(interchange_of("837", BODY, delimiters=Delimiters("|", ">", "!", "\\")))


def _read(data: bytes) -> tuple[list[Segment], list[X12Fault]]:
    faults: list[X12Fault] = []
    return list(read_segments(data, faults.append)), faults


class _OneByteStream(BytesIO):
    """Gives very little at a time, as a slow socket would."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(7)


def test_segments_are_numbered_from_one() -> None:
    segments, faults = _read(GOOD)
    assert faults == []
    assert [segment.position for segment in segments] == list(range(1, 32))
    assert segments[20].id == "CLM"
    assert segments[20].component(5, 3) == "1"


@pytest.mark.parametrize("line_end", [b"", b"\n", b"\r\n", b"\r", b"\n\n"])
def test_line_ends_after_terminators_are_ignored(line_end: bytes) -> None:
    segments, faults = _read(GOOD.replace(b"\n", line_end))
    assert faults == []
    assert [segment.raw for segment in segments] == [segment.raw for segment in _read(GOOD)[0]]


def test_a_line_end_may_be_the_terminator() -> None:
    segments, faults = _read(GOOD.replace(b"~\n", b"\n"))
    assert faults == []
    assert len(segments) == 31


def test_delimiters_come_from_each_isa_anew() -> None:
    segments, faults = _read(GOOD + OTHER_MARKS + GOOD)
    assert faults == []
    assert {segment.delimiters.element for segment in segments[31:62]} == {"|"}
    assert [segment.raw[1:] for segment in segments[2:20]] == [segment.raw[1:] for segment in segments[33:51]]


def test_a_version_without_repetition_has_no_repetition_delimiter() -> None:
    segments, faults = _read(GOOD.replace(b"*^*00501", b"*U*00401"))
    assert faults == []
    assert segments[0].delimiters.repetition == ""


def test_a_stream_in_tiny_pieces_reads_the_same() -> None:
    faults: list[X12Fault] = []
    segments = list(read_segments(_OneByteStream(GOOD + OTHER_MARKS), faults.append))
    assert faults == []
    assert [segment.raw for segment in segments] == [segment.raw for segment in _read(GOOD + OTHER_MARKS)[0]]


def test_a_file_of_many_chunks_reads_every_segment() -> None:
    segments, faults = _read(GOOD * 300)
    assert faults == []
    assert len(segments) == 31 * 300
    assert segments[-1].position == 31 * 300


def test_memory_stays_flat_however_long_the_file_is() -> None:
    stream = BytesIO(GOOD * 2_000)
    tracemalloc.start()
    try:
        count = sum(1 for _ in read_segments(stream, [].append))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 31 * 2_000
    assert peak < 2_000_000


def test_a_name_in_utf_8_and_one_in_latin_1_are_both_read() -> None:
    for encoding in ("utf-8", "latin-1"):
        segments, _ = _read(GOOD.replace(b"QUIGLEY", "MUÑOZ".encode(encoding)))
        assert "MUÑOZ" in {segment.get(3) for segment in segments}


def test_a_wrong_isa_width_is_a_fault_and_the_file_is_read() -> None:
    segments, faults = _read(GOOD.replace(b"SUBMITTER01    *ZZ", b"SUBMITTER01   *ZZ"))
    assert [(fault.rule, fault.at) for fault in faults] == [("x12.isa.width", "ISA06")]
    assert len(segments) == 31


def test_text_before_the_isa_is_left_out_with_one_fault() -> None:
    segments, faults = _read(b"Dear customer,\r\n\r\n" + GOOD)
    assert [fault.rule for fault in faults] == ["x12.isa.text-before"]
    assert len(segments) == 31


def test_an_empty_segment_is_left_out_with_one_fault() -> None:
    segments, faults = _read(GOOD.replace(b"HL*1", b"~~~HL*1"))
    assert [fault.rule for fault in faults] == ["x12.segment.empty"]
    assert len(segments) == 31


def test_an_unterminated_last_segment_is_read_and_reported() -> None:
    segments, faults = _read(GOOD.removesuffix(b"~\n"))
    assert [fault.rule for fault in faults] == ["x12.segment.unterminated"]
    assert segments[-1].raw == ("IEA", "1", "000000101")


@pytest.mark.parametrize(
    "damaged",
    [
        pytest.param(GOOD[:60], id="cut inside the ISA"),
        pytest.param(GOOD[:106].replace(b"*:~", b"*AB"), id="letters as delimiters"),
        pytest.param(GOOD[:106].replace(b"*:~", b"***"), id="delimiters that are the same"),
        pytest.param(GOOD[:700], id="cut in the middle"),
    ],
)
def test_reading_goes_on_at_the_next_isa(damaged: bytes) -> None:
    *_, last = read_interchanges(damaged + b"\n" + OTHER_MARKS)
    assert last.interchange.delimiters.element == "|"
    assert len(last.interchange.groups) == 1


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"~" * 1_000_000, id="a megabyte of terminators"),
        pytest.param(bytes(range(256)) * 2_000, id="binary"),
        pytest.param(b"ISA", id="three letters"),
        pytest.param(b"ISA*" * 100_000, id="nothing but beginnings"),
        pytest.param(b"<?xml version='1.0'?><a/>", id="another format"),
    ],
)
def test_what_is_not_x12_gives_a_fault_and_nothing_else(data: bytes) -> None:
    read = list(read_interchanges(data))
    assert all(one.faults for one in read)
    assert not any(one.interchange.groups for one in read)


def test_an_endless_segment_is_given_up() -> None:
    segments, faults = _read(GOOD[:400] + b"X" * 1_000_000 + GOOD)
    assert "x12.segment.endless" in {fault.rule for fault in faults}
    assert segments[-1].id == "IEA"


def test_a_megabyte_of_terminators_after_an_isa_is_one_fault_for_each_stretch() -> None:
    segments, faults = _read(GOOD[:107] + b"~" * 1_000_000)
    assert len(segments) == 1
    assert {fault.rule for fault in faults} == {"x12.segment.empty"}
    assert len(faults) < 100


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(GOOD)))
def test_a_file_cut_anywhere_is_read_as_far_as_it_goes(end: int) -> None:
    (read,) = read_interchanges(GOOD[:end])
    assert read.is_clean is (end >= len(GOOD) - 1)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.integers(0, len(GOOD)))
def test_bytes_thrown_in_anywhere_never_raise(noise: bytes, at: int) -> None:
    assert list(read_interchanges(GOOD[:at] + noise + GOOD[at:]))
