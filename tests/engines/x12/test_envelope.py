"""The envelope: control numbers are the caller's, counts are right, and each defect is found at its segment."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from charthouse.engines.x12 import PartyId, RawSet, read_interchanges, write_interchange
from charthouse.kit import Refused
from tests.engines.x12.examples import CLAIM, claims_set, interchange_of, read_one, there_and_back
from tests.samples import samples_or_skip

GOOD = write_interchange(interchange_of("837", claims_set(CLAIM)))


@pytest.mark.parametrize(
    ("file", "rule", "position", "at", "value"),
    [
        ("p04_gs_ge_ctl.edi", "x12.ge02.control-number", 95, "GE02", "102"),
        ("p05_isa_iea_ctl.edi", "x12.iea02.control-number", 96, "IEA02", "000000102"),
        ("p13_isa_len.edi", "x12.isa.width", 1, "ISA06", "SUBMITTER01   "),
        ("p34_dup_st.edi", "x12.st02.repeated", 95, "ST02", "0001"),
        ("r08_se_count.edi", "x12.se01.count", 90, "SE01", "3"),
    ],
)
def test_an_injected_defect_is_found_where_it_is(file: str, rule: str, position: int, at: str, value: str) -> None:
    path = samples_or_skip("x12/error-injection") / file
    (fault,) = read_one(path.read_bytes()).faults
    assert (fault.rule, fault.position, fault.at, fault.value) == (rule, position, at, value)
    assert fault.level == 1


@pytest.mark.parametrize(
    ("old", "new", "rule", "at", "position"),
    [
        (b"SE*27*0001", b"SE*26*0001", "x12.se01.count", "SE01", 29),
        (b"SE*27*0001", b"SE*27*0002", "x12.se02.control-number", "SE02", 29),
        (b"GE*1*101", b"GE*2*101", "x12.ge01.count", "GE01", 30),
        (b"GE*1*101", b"GE*1*102", "x12.ge02.control-number", "GE02", 30),
        (b"IEA*1*", b"IEA*2*", "x12.iea01.count", "IEA01", 31),
        (b"IEA*1*000000101", b"IEA*1*000000102", "x12.iea02.control-number", "IEA02", 31),
        (b"SE*27*0001~\n", b"", "x12.se.missing", "SE", 29),
        (b"GE*1*101~\n", b"", "x12.ge.missing", "GE", 30),
        (b"IEA*1*000000101~\n", b"", "x12.iea.missing", "IEA", 31),
        (b"GE*1*101~\n", b"GE*1*101~\nREF*X*1~\n", "x12.segment.outside-set", "REF", 31),
        (b"*000000101*0*T", b"*00000010X*0*T", "x12.isa13.number", "ISA13", 1),
    ],
)
def test_a_spoiled_envelope_names_its_segment(old: bytes, new: bytes, rule: str, at: str, position: int) -> None:
    assert GOOD.count(old) == 1
    faults = {fault.rule: fault for fault in read_one(GOOD.replace(old, new)).faults}
    assert (faults[rule].at, faults[rule].position) == (at, position)


def test_faults_of_a_set_name_its_control_number_and_position_in_the_set() -> None:
    (fault,) = read_one(GOOD.replace(b"SE*27*", b"SE*26*")).faults
    assert fault.set_control == "0001"
    assert fault.position_in_set == 27
    assert "27 was expected, 26 was sent" in str(fault)


def test_a_group_number_used_twice_is_a_fault() -> None:
    interchange = interchange_of("837", claims_set(CLAIM))
    twice = replace(interchange, groups=interchange.groups * 2)
    (fault,) = read_one(write_interchange(twice)).faults
    assert fault.rule == "x12.gs06.repeated"


def test_segments_out_of_place_are_faults_and_the_rest_is_read() -> None:
    stray = GOOD.replace(b"GS*HC", b"SE*1*9~GE*1*9~GS*HC")
    read = read_one(stray)
    assert [fault.rule for fault in read.faults] == ["x12.se.without-st", "x12.ge.without-gs"]
    assert len(read.interchange.groups) == 1


def test_a_set_without_a_group_is_kept_and_reported() -> None:
    read = read_one(GOOD.replace(b"GS*HC*SUBMITTER01*RECEIVER01*20261123*0930*101*X*005010X222A1~\n", b""))
    assert "x12.st.outside-group" in {fault.rule for fault in read.faults}
    assert read.interchange.groups[0].sets[0].control_number == "0001"


def test_a_set_opened_before_the_last_one_closed_is_a_fault() -> None:
    read = read_one(GOOD.replace(b"SE*27*0001~\n", b"ST*837*0002*005010X222A1~\nSE*2*0002~\n"))
    assert "x12.se.missing" in {fault.rule for fault in read.faults}
    assert [one.control_number for one in read.interchange.groups[0].sets] == ["0001", "0002"]


def test_many_interchanges_follow_each_other_in_one_file() -> None:
    files = [write_interchange(interchange_of("837", claims_set(CLAIM), control_number=n)) for n in (1, 2, 3)]
    read = list(read_interchanges(b"\r\n".join(files)))
    assert [one.interchange.control_number for one in read] == [1, 2, 3]
    assert all(one.is_clean for one in read)


def test_positions_go_on_across_interchanges() -> None:
    first, second = list(read_interchanges(GOOD + GOOD.replace(b"SE*27*", b"SE*26*")))
    assert first.is_clean
    assert [fault.position for fault in second.faults] == [31 + 29]


def test_a_missing_trailer_is_told_of_the_interchange_that_lacks_it() -> None:
    first, second = list(read_interchanges(GOOD.replace(b"IEA*1*000000101~\n", b"") + GOOD))
    assert [fault.rule for fault in first.faults] == ["x12.iea.missing"]
    assert second.is_clean


def test_a_set_of_an_unknown_kind_is_kept_whole() -> None:
    raw = RawSet((("BGN", "00", "1"), ("REF", "38", "X")), "005010X220A1")
    interchange = interchange_of("837", raw)
    unknown = replace(interchange.groups[0], functional_id="BE", version="005010X220A1")
    interchange = replace(interchange, groups=(replace(unknown, sets=(replace(unknown.sets[0], kind="834"),)),))
    assert there_and_back(interchange) == interchange


def test_the_moment_is_written_in_utc() -> None:
    cet = datetime(2026, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    data = write_interchange(interchange_of("837", claims_set(CLAIM), created_at=cet)).decode()
    assert "*251231*2330*^*00501*" in data


@pytest.mark.parametrize("number", [0, -1, 1_000_000_000])
def test_a_control_number_out_of_range_is_refused(number: int) -> None:
    with pytest.raises(Refused) as caught:
        write_interchange(interchange_of("837", claims_set(CLAIM), control_number=number))
    assert caught.value.refusal.rule == "x12.control-number.range"


@pytest.mark.parametrize("party", [PartyId("Z", "X"), PartyId("ZZ", ""), PartyId("ZZ", "X" * 16), PartyId("ZZ", "Ñ")])
def test_a_party_that_does_not_fit_the_isa_is_refused(party: PartyId) -> None:
    with pytest.raises(Refused) as caught:
        write_interchange(interchange_of("837", claims_set(CLAIM), sender=party))
    assert caught.value.refusal.source == "ISA06"
