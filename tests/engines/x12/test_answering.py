"""The 999 for a group that was read: what was accepted, what was not, and where each fault stands."""

from __future__ import annotations

import pytest

from charthouse.engines.x12 import ImplementationAck, answer_group, write_interchange
from tests.engines.x12.examples import CLAIM, claims_set, interchange_of, read_one, there_and_back
from tests.engines.x12.oracle import pyx12_objections
from tests.samples import samples_or_skip

GOOD = write_interchange(interchange_of("837", claims_set(CLAIM), claims_set(CLAIM)))


def _answer(data: bytes) -> ImplementationAck:
    read = read_one(data)
    return answer_group(read.interchange.groups[0], read.faults)


def test_a_clean_group_is_accepted() -> None:
    answer = _answer(GOOD)
    assert (answer.status, answer.sets_sent, answer.sets_accepted) == ("A", 2, 2)
    assert (answer.functional_id, answer.group_control_number, answer.version) == ("HC", "101", "005010X222A1")
    assert all(one.is_accepted for one in answer.sets)


def test_one_bad_set_of_two_is_rejected_alone() -> None:
    answer = _answer(GOOD.replace(b"*120.5***11", b"*x***11", 1))
    assert (answer.status, answer.sets_accepted) == ("P", 1)
    bad, good = answer.sets
    assert (bad.status, bad.codes, good.status) == ("R", ("5",), "A")
    (error,) = bad.errors
    assert (error.segment, error.position, error.loop, error.code) == ("CLM", 19, "2300", "8")
    assert (error.elements[0].element, error.elements[0].code, error.elements[0].value) == (2, "6", "x")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"SE*27*0001", b"SE*26*0001", "4"),
        (b"SE*27*0001", b"SE*27*0009", "3"),
        (b"SE*27*0001~\n", b"", "2"),
    ],
)
def test_a_wrong_trailer_rejects_its_set_with_its_code(old: bytes, new: bytes, code: str) -> None:
    first, second = _answer(GOOD.replace(old, new)).sets
    assert (first.status, first.codes) == ("R", (code,))
    assert second.is_accepted


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"GE*2*101~\n", b"", "3"),
        (b"GE*2*101", b"GE*2*102", "4"),
        (b"GE*2*101", b"GE*3*101", "5"),
    ],
)
def test_a_wrong_group_trailer_rejects_the_group(old: bytes, new: bytes, code: str) -> None:
    answer = _answer(GOOD.replace(old, new))
    assert (answer.status, answer.sets_accepted, answer.codes) == ("R", 0, (code,))


@pytest.mark.parametrize(
    ("file", "segment", "position", "element", "code"),
    [
        ("p12_bad_date.edi", "DTP", 32, 3, "8"),
        ("p16_miss_req_ele.edi", "CLM", 25, 5, "1"),
    ],
)
def test_an_injected_defect_is_answered_at_its_place(
    file: str, segment: str, position: int, element: int, code: str
) -> None:
    (error,) = _answer((samples_or_skip("x12/error-injection") / file).read_bytes()).sets[0].errors
    assert (error.segment, error.position) == (segment, position)
    assert (error.elements[0].element, error.elements[0].code) == (element, code)


def test_a_missing_segment_has_no_element() -> None:
    lines = [line for line in GOOD.splitlines(keepends=True) if not line.startswith(b"NM1*IL")]
    error = _answer(b"".join(lines)).sets[0].errors[0]
    assert (error.segment, error.code, error.elements) == ("NM1", "3", ())


@pytest.mark.parametrize("old", [b"*120.5***11", b"*20260310~", b"SE*27*0001"])
def test_an_answer_is_written_read_back_and_accepted_by_pyx12(old: bytes) -> None:
    interchange = interchange_of("999", _answer(GOOD.replace(old, old.replace(b"2", b"9", 1), 1)))
    assert there_and_back(interchange) == interchange
    assert pyx12_objections(write_interchange(interchange)) == []
