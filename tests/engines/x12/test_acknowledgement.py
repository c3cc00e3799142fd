"""TA1 and 999: what was written is read back, and what real receivers send is understood."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from charthouse.engines.x12 import (
    ErrorContext,
    ImplementationAck,
    InterchangeAck,
    SegmentError,
    SetAck,
    write_interchange,
)
from tests.engines.x12.acks import ACK_999, ERROR
from tests.engines.x12.examples import NOW, interchange_of, read_one, there_and_back
from tests.samples import samples_or_skip

TA1 = InterchangeAck("000000101", NOW, "R", "025")


def test_a_999_comes_back_as_it_was_written() -> None:
    interchange = interchange_of("999", ACK_999)
    assert there_and_back(interchange) == interchange


def test_a_999_says_segment_loop_element_and_context() -> None:
    data = write_interchange(interchange_of("999", ACK_999)).decode()
    assert "IK3*CLM*27*2300*8~\nCTX*CLM01:CH0001A~\nIK4*5:1*1331*7*00~\nIK5*R*5~" in data
    assert "AK9*P*2*2*1~" in data


def test_a_context_may_name_the_segment_that_triggered_the_error() -> None:
    context = ErrorContext("SITUATIONAL TRIGGER", segment="SBR", position=5, loop="2000B")
    error = SegmentError("NM1", 9, code="3", contexts=(context,), elements=())
    one = SetAck("837", "0001", "R", errors=(error,))
    interchange = interchange_of("999", replace(ACK_999, sets=(one,)))
    assert "CTX*SITUATIONAL TRIGGER*SBR*5*2000B~" in write_interchange(interchange).decode()
    assert there_and_back(interchange) == interchange


def test_a_whole_segment_error_has_no_elements() -> None:
    interchange = interchange_of(
        "999", replace(ACK_999, sets=(SetAck("837", "1", "R", errors=(replace(ERROR, elements=()),)),))
    )
    assert there_and_back(interchange) == interchange


@pytest.mark.parametrize(("status", "is_accepted"), [("A", True), ("E", True), ("R", False), ("X", False)])
def test_a_set_is_accepted_with_or_without_errors(status: str, is_accepted: bool) -> None:
    assert SetAck("837", "0001", status).is_accepted is is_accepted


def test_a_ta1_stands_before_the_groups_and_comes_back() -> None:
    interchange = interchange_of("999", ACK_999, interchange_acknowledgements=(TA1,))
    lines = write_interchange(interchange).decode().splitlines()
    assert lines[1] == "TA1*000000101*261123*0930*R*025~"
    assert lines[2].startswith("GS*FA*")
    assert there_and_back(interchange) == interchange


def test_an_interchange_may_hold_a_ta1_alone() -> None:
    interchange = replace(interchange_of("999"), groups=(), interchange_acknowledgements=(TA1,))
    assert there_and_back(interchange) == interchange
    assert not TA1.is_accepted


def test_a_ta1_with_an_unreadable_moment_is_still_read() -> None:
    interchange = replace(interchange_of("999"), groups=(), interchange_acknowledgements=(TA1,))
    data = write_interchange(interchange).replace(b"*261123*0930*R*", b"*XXXXXX*0930*R*")
    (ack,) = read_one(data).interchange.interchange_acknowledgements
    assert ack.created_at == datetime(1970, 1, 1, tzinfo=UTC)
    assert ack.status == "R"


@pytest.mark.parametrize(("name", "status", "set_statuses"), [("accepted", "A", ["A"]), ("rejected", "R", ["R"])])
def test_a_receiver_s_999_is_understood(name: str, status: str, set_statuses: list[str]) -> None:
    path = samples_or_skip("x12/public/imsweb-bsd3/837_5010") / f"x12_999_{name}.txt"
    body = read_one(path.read_bytes()).interchange.groups[0].sets[0].body
    assert isinstance(body, ImplementationAck)
    assert body.status == status
    assert [one.status for one in body.sets] == set_statuses


def test_a_cut_999_is_reported_and_not_made_up() -> None:
    data = write_interchange(interchange_of("999", ACK_999)).replace(b"AK9*P*2*2*1~\n", b"")
    read = read_one(data)
    assert {fault.rule for fault in read.faults} == {"x12.segment.missing", "x12.se01.count"}
    body = read.interchange.groups[0].sets[0].body
    assert isinstance(body, ImplementationAck)
    assert body.status == ""
