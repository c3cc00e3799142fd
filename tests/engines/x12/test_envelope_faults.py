"""Every fault of the envelope: its rule, its segment, its position, its level and the set it belongs to."""

from __future__ import annotations

import pytest

from charthouse.engines.x12 import X12Fault, write_interchange
from tests.engines.x12.examples import CLAIM, claims_set, interchange_of, read_one

GOOD = write_interchange(interchange_of("837", claims_set(CLAIM), claims_set(CLAIM)))
LINES = GOOD.splitlines(keepends=True)
# The places of the envelope in the file: ISA 1, GS 2, ST 3, SE 29, ST 30, SE 56, GE 57, IEA 58.
ISA, GS, ST, SE, ST_TWO, SE_TWO, GE, IEA = 1, 2, 3, 29, 30, 56, 57, 58


def faults_of(data: bytes) -> list[X12Fault]:
    return list(read_one(data).faults)


def without(*positions: int) -> bytes:
    return b"".join(line for place, line in enumerate(LINES, 1) if place not in positions)


def before(position: int, text: bytes) -> bytes:
    return b"".join([*LINES[: position - 1], text, *LINES[position - 1 :]])


def instead(position: int, old: bytes, new: bytes) -> bytes:
    line = LINES[position - 1]
    assert old in line
    return b"".join([*LINES[: position - 1], line.replace(old, new), *LINES[position:]])


def test_the_good_file_has_its_envelope_where_these_tests_think() -> None:
    assert faults_of(GOOD) == []
    assert [LINES[place - 1][:2] for place in (ISA, GS, ST, SE, ST_TWO, SE_TWO, GE, IEA)] == [
        *(b"IS", b"GS", b"ST", b"SE", b"ST", b"SE", b"GE", b"IE"),
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        pytest.param(instead(SE, b"*27*", b"*26*"), [("x12.se01.count", SE, "SE01", "0001")], id="SE01 too low"),
        pytest.param(instead(SE, b"*27*", b"*28*"), [("x12.se01.count", SE, "SE01", "0001")], id="SE01 too high"),
        pytest.param(instead(SE, b"*27*", b"**"), [("x12.se01.count", SE, "SE01", "0001")], id="SE01 empty"),
        pytest.param(instead(SE, b"*27*", b"*XX*"), [("x12.se01.count", SE, "SE01", "0001")], id="SE01 no number"),
        pytest.param(instead(SE, b"*27*", b"*027*"), [], id="SE01 with a leading nought"),
        pytest.param(instead(SE, b"*0001", b"*0002"), [("x12.se02.control-number", SE, "SE02", "0001")], id="SE02"),
        pytest.param(instead(SE, b"*0001", b"*1"), [("x12.se02.control-number", SE, "SE02", "0001")], id="SE02 bare"),
        pytest.param(instead(GE, b"*2*", b"*1*"), [("x12.ge01.count", GE, "GE01", "")], id="GE01"),
        pytest.param(instead(GE, b"*101", b"*102"), [("x12.ge02.control-number", GE, "GE02", "")], id="GE02"),
        pytest.param(instead(IEA, b"*1*", b"*2*"), [("x12.iea01.count", IEA, "IEA01", "")], id="IEA01"),
        pytest.param(instead(IEA, b"101", b"102"), [("x12.iea02.control-number", IEA, "IEA02", "")], id="IEA02"),
        pytest.param(
            instead(IEA, b"000000101", b"101"), [("x12.iea02.control-number", IEA, "IEA02", "")], id="IEA02 short"
        ),
        pytest.param(
            instead(ST_TWO, b"*0002*", b"*0001*"),
            [("x12.st02.repeated", ST_TWO, "ST02", "0001"), ("x12.se02.control-number", SE_TWO, "SE02", "0001")],
            id="ST02 used twice",
        ),
        pytest.param(without(SE), [("x12.se.missing", SE, "SE", "0001")], id="SE missing before ST"),
        pytest.param(without(SE_TWO), [("x12.se.missing", SE_TWO, "SE", "0002")], id="SE missing before GE"),
        pytest.param(without(GE), [("x12.ge.missing", GE, "GE", "")], id="GE missing"),
        pytest.param(without(IEA), [("x12.iea.missing", IEA, "IEA", "")], id="IEA missing"),
        pytest.param(
            without(SE_TWO, GE, IEA),
            [
                ("x12.se.missing", SE_TWO, "SE", "0002"),
                ("x12.ge.missing", SE_TWO, "GE", ""),
                ("x12.iea.missing", SE_TWO, "IEA", ""),
            ],
            id="cut off after the last claim",
        ),
        pytest.param(
            without(GS),
            [
                ("x12.st.outside-group", ST - 1, "ST", ""),
                ("x12.st.outside-group", ST_TWO - 1, "ST", ""),
                ("x12.ge.without-gs", GE - 1, "GE", ""),
                ("x12.iea01.count", IEA - 1, "IEA01", ""),
            ],
            id="GS missing",
        ),
        pytest.param(before(GE, b"SE*1*9~\n"), [("x12.se.without-st", GE, "SE", "")], id="SE too many"),
        pytest.param(before(IEA, b"GE*1*9~\n"), [("x12.ge.without-gs", IEA, "GE", "")], id="GE too many"),
        pytest.param(before(GE, b"REF*X*1~\n"), [("x12.segment.outside-set", GE, "REF", "")], id="between sets"),
        pytest.param(before(GS, b"REF*X*1~\n"), [("x12.segment.outside-set", GS, "REF", "")], id="before the group"),
        pytest.param(before(GS, b"TA1*000000001*261123*0930*A*000~\n"), [], id="a TA1 before the group"),
        pytest.param(
            before(GE, b"TA1*000000001*261123*0930*A*000~\n"),
            [("x12.segment.outside-set", GE, "TA1", "")],
            id="a TA1 inside the group",
        ),
        pytest.param(instead(ISA, b"*000000101*", b"*0000001O1*"), [
            ("x12.isa13.number", ISA, "ISA13", ""), ("x12.iea02.control-number", IEA, "IEA02", ""),
        ], id="ISA13 no number"),
        pytest.param(instead(ISA, b"*261123*", b"*20261123*"), [("x12.isa.width", ISA, "ISA09", "")], id="ISA09 wide"),
        pytest.param(instead(ISA, b"*00501*", b"*0501*"), [("x12.isa.width", ISA, "ISA12", "")], id="ISA12 narrow"),
        pytest.param(before(GS, b"~\n"), [("x12.segment.empty", ISA, "", "")], id="an empty segment"),
        pytest.param(b"junk\n" + GOOD, [("x12.isa.text-before", 1, "ISA", "")], id="text before the file"),
        pytest.param(GOOD.rstrip(b"~\n"), [("x12.segment.unterminated", IEA, "IEA", "")], id="the last terminator"),
    ],
)  # fmt: skip
def test_a_fault_is_told_once_at_its_place(data: bytes, told: list[tuple[str, int, str, str]]) -> None:
    found = faults_of(data)
    assert [(one.rule, one.position, one.at, one.set_control) for one in found] == told
    assert {one.level for one in found} <= {1}
    assert all(one.sentence.endswith(".") for one in found)


@pytest.mark.parametrize("data", [instead(SE, b"*27*", b"*26*"), without(IEA), without(GS), before(GS, b"~\n")])
def test_whatever_is_wrong_with_the_envelope_both_sets_are_read(data: bytes) -> None:
    sets = [one for group in read_one(data).interchange.groups for one in group.sets]
    assert [one.control_number for one in sets] == ["0001", "0002"]
    assert all(type(one.body).__name__ == "ProfessionalClaims" for one in sets)


def test_a_set_whose_end_was_cut_is_read_with_what_follows_kept_apart() -> None:
    sets = read_one(without(SE)).interchange.groups[0].sets
    assert [type(one.body).__name__ for one in sets] == ["ProfessionalClaims", "ProfessionalClaims"]


def test_each_of_two_groups_is_counted_on_its_own() -> None:
    group = b"".join(LINES[GS - 1 : GE])
    two = (
        LINES[0] + group + group.replace(b"*101*X", b"*102*X").replace(b"GE*2*101", b"GE*2*102") + b"IEA*2*000000101~\n"
    )
    read = read_one(two)
    assert read.is_clean
    assert [one.control_number for one in read.interchange.groups] == [101, 102]
    (fault,) = faults_of(two.replace(b"GE*2*102", b"GE*3*102"))
    assert (fault.rule, fault.position) == ("x12.ge01.count", GE + len(group.splitlines()))


def test_the_place_in_the_set_is_counted_from_st() -> None:
    (fault,) = faults_of(instead(SE_TWO, b"*27*", b"*26*"))
    assert (fault.position, fault.position_in_set, fault.set_control) == (SE_TWO, 27, "0002")
    (fault,) = faults_of(instead(GE, b"*2*", b"*1*"))
    assert fault.position_in_set == 0


def test_what_was_expected_and_what_was_sent_are_both_told() -> None:
    (fault,) = faults_of(instead(SE, b"*27*", b"*26*"))
    assert fault.sentence.endswith("27 was expected, 26 was sent.")
    (fault,) = faults_of(instead(SE, b"*27*", b"**"))
    assert fault.sentence.endswith("27 was expected, nothing was sent.")
    assert str(fault).startswith("segment 29 SE01: ")
