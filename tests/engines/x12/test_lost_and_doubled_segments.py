"""A segment lost, doubled, emptied or swapped anywhere in any set: never an exception, never a silent gain."""

from __future__ import annotations

import pytest

from charthouse.engines.x12 import (
    Body,
    ClaimAck,
    ImplementationAck,
    ProfessionalClaims,
    RawSet,
    ReadInterchange,
    Remittance,
    answer_group,
    judge_remittance,
    write_interchange,
)
from tests.engines.x12.acks import ACK_277CA, ACK_999
from tests.engines.x12.examples import CLAIM, claims_set, interchange_of, read_one
from tests.engines.x12.remits import REMITTANCE
from tests.engines.x12.test_golden_files import DEPENDANT_CLAIM

BODIES: dict[str, Body] = {
    "837": claims_set(CLAIM, DEPENDANT_CLAIM),
    "835": REMITTANCE,
    "999": ACK_999,
    "277": ACK_277CA,
}
FILES = {kind: write_interchange(interchange_of(kind, body)).splitlines(keepends=True) for kind, body in BODIES.items()}
PLACES = [
    pytest.param(kind, place, id=f"{kind} {place + 1} {lines[place].decode().split('*')[0]}")
    for kind, lines in FILES.items()
    for place in range(3, len(lines) - 3)
]


def read_lines(lines: list[bytes]) -> ReadInterchange:
    """Read it, and use what was read the way the apps do."""
    read = read_one(b"".join(lines))
    for group in read.interchange.groups:
        answer_group(group, read.faults)
        for one in group.sets:
            if isinstance(one.body, Remittance):
                judge_remittance(one.body)
    return read


def body_of(read: ReadInterchange) -> Body:
    return read.interchange.groups[0].sets[0].body


@pytest.mark.parametrize(("kind", "place"), PLACES)
def test_a_lost_segment_is_noticed_by_the_count(kind: str, place: int) -> None:
    lines = FILES[kind]
    read = read_lines(lines[:place] + lines[place + 1 :])
    assert "x12.se01.count" in {fault.rule for fault in read.faults}
    # A header number of an 835 and a level of a 277CA carry nothing that the next segment does not say too.
    assert body_of(read) != BODIES[kind] or lines[place].startswith((b"LX*", b"HL*"))
    assert not answer_group(read.interchange.groups[0], read.faults).sets[0].is_accepted


@pytest.mark.parametrize(("kind", "place"), PLACES)
def test_a_doubled_segment_is_noticed_by_the_count(kind: str, place: int) -> None:
    lines = FILES[kind]
    read = read_lines(lines[: place + 1] + lines[place:])
    assert "x12.se01.count" in {fault.rule for fault in read.faults}


@pytest.mark.parametrize(("kind", "place"), PLACES)
def test_a_segment_cut_to_its_name_is_read_as_far_as_it_goes(kind: str, place: int) -> None:
    lines = list(FILES[kind])
    lines[place] = lines[place].split(b"*")[0] + b"~\n"
    read = read_lines(lines)
    assert body_of(read) != BODIES[kind]
    assert {fault.set_control for fault in read.faults} <= {"0001"}


@pytest.mark.parametrize(("kind", "place"), PLACES)
def test_two_segments_swapped_never_raise(kind: str, place: int) -> None:
    lines = list(FILES[kind])
    lines[place - 1], lines[place] = lines[place], lines[place - 1]
    assert isinstance(
        body_of(read_lines(lines)), ProfessionalClaims | Remittance | ImplementationAck | ClaimAck | RawSet
    )


@pytest.mark.parametrize(("kind", "place"), PLACES)
def test_a_segment_full_of_separators_never_raises(kind: str, place: int) -> None:
    lines = list(FILES[kind])
    name = lines[place].split(b"*")[0]
    for filler in (b"*" * 40, b"*:::::" * 9, b"*" + b"9" * 500, b"*-1" * 20, b"*\xff\xfe"):
        lines[place] = name + filler + b"~\n"
        read_lines(lines)


@pytest.mark.parametrize("count", ["", "x", "-1", "1.5", "9" * 30, "٣"])
def test_counts_of_a_999_that_are_none_are_nought(count: str) -> None:
    data = b"".join(FILES["999"]).replace(b"AK9*P*2*2*1", f"AK9*P*{count}*2*1".encode())
    body = body_of(read_one(data))
    assert isinstance(body, ImplementationAck)
    assert (body.sets_sent, body.sets_received, body.sets_accepted) == (0, 2, 1)


@pytest.mark.parametrize("kind", ["837", "835", "999", "277"])
def test_a_set_with_nothing_in_it_is_told_what_it_lacks(kind: str) -> None:
    lines = FILES[kind]
    read = read_lines([*lines[:3], b"SE*2*0001~\n", *lines[-2:]])
    assert read.faults
    assert {fault.rule for fault in read.faults} == {"x12.segment.missing"}
    assert {fault.level for fault in read.faults} == {2}


@pytest.mark.parametrize("version", ["005010X222A2", "005010X222", "004010X098A1", "", "X" * 500])
def test_another_release_of_the_guide_is_read_when_it_is_of_this_version_and_else_kept_raw(version: str) -> None:
    data = b"".join(FILES["837"]).replace(b"005010X222A1", version.encode())
    body = body_of(read_one(data))
    assert isinstance(body, ProfessionalClaims if version.startswith("005010X222") else RawSet)
