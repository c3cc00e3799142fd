"""Reading an 837P that is not right: every value that cannot be read is a fault, and the set is kept raw."""

from __future__ import annotations

import pytest

from charthouse.engines.x12 import ProfessionalClaims, RawSet, write_interchange
from charthouse.kit import Sex
from tests.engines.x12.examples import CLAIM, claims_set, interchange_of, read_one

GOOD = write_interchange(interchange_of("837", claims_set(CLAIM)))


@pytest.mark.parametrize(
    ("old", "new", "at", "loop"),
    [
        (b"*120.5***11", b"*12O.5***11", "CLM02", "2300"),
        (b"*120.5***11", b"****11", "CLM02", "2300"),
        (b"***11:B:1", b"***:B:1", "CLM05", "2300"),
        (b"SV1*HC:G0463*120.5", b"SV1*HC:G0463*x", "SV102", "2400"),
        (b"*UN*1***1:2", b"*UN*one***1:2", "SV104", "2400"),
        (b"*UN*1***1:2", b"*UN*1***1:B", "SV107", "2400"),
        (b"*20260310~", b"*20260231~", "DTP03", "2400"),
        (b"*20260310~", b"*202603101~", "DTP03", "2400"),
        (b"D8*20260310~", b"RD8*20260310-20260309~", "DTP03", "2400"),
        (b"DMG*D8*19660213", b"DMG*D8*19661313", "DMG02", "2010B"),
        (b"BHT*0019*00*B00000001*20261123*0930", b"BHT*0019*00*B00000001*20261123*2560", "BHT05", "header"),
    ],
)
def test_an_unreadable_value_is_a_fault_at_its_element(old: bytes, new: bytes, at: str, loop: str) -> None:
    assert old in GOOD
    read = read_one(GOOD.replace(old, new))
    (fault,) = read.faults
    assert (fault.at, fault.loop, fault.set_control) == (at, loop, "0001")
    assert isinstance(read.interchange.groups[0].sets[0].body, RawSet)


@pytest.mark.parametrize("segment", [b"NM1*41", b"NM1*40", b"NM1*85", b"NM1*IL", b"NM1*PR", b"SBR", b"SV1", b"DTP*472"])
def test_a_missing_segment_is_a_fault_that_names_it(segment: bytes) -> None:
    lines = [line for line in GOOD.splitlines(keepends=True) if not line.startswith(segment + b"*")]
    missing = [fault for fault in read_one(b"".join(lines)).faults if fault.rule == "x12.segment.missing"]
    assert missing[0].segment == segment.decode()[:3]
    assert missing[0].level == 2


def test_a_claim_outside_its_levels_is_a_fault() -> None:
    read = read_one(GOOD.replace(b"HL*2*1*22*0", b"HL*2*1*99*0"))
    assert {fault.rule for fault in read.faults} >= {"x12.837p.level", "x12.837p.claim-outside-level"}


def test_all_faults_of_a_set_are_told_at_once() -> None:
    read = read_one(GOOD.replace(b"*120.5***11", b"*x***11").replace(b"*20260310~", b"*20260231~"))
    assert [fault.at for fault in read.faults] == ["CLM02", "DTP03"]


def test_a_raw_set_is_written_again_as_it_was() -> None:
    spoiled = GOOD.replace(b"*20260310~", b"*20260231~")
    assert write_interchange(read_one(spoiled).interchange) == spoiled


def test_an_unknown_sex_is_kept_as_unknown() -> None:
    body = read_one(GOOD.replace(b"*19660213*F", b"*19660213*X")).interchange.groups[0].sets[0].body
    assert isinstance(body, ProfessionalClaims)
    assert body.claims[0].subscriber.person.sex is Sex.UNKNOWN


def test_the_hour_of_an_admission_is_left_out() -> None:
    data = GOOD.replace(b"HI*ABK", b"DTP*435*DT*202603100830~HI*ABK").replace(b"SE*27", b"SE*28")
    body = read_one(data).interchange.groups[0].sets[0].body
    assert isinstance(body, ProfessionalClaims)
    assert f"{body.claims[0].admission_date}" == "2026-03-10"


def test_anaesthesia_and_condition_codes_are_not_taken_for_diagnoses() -> None:
    data = GOOD.replace(b"NM1*82", b"HI*BG:17~NM1*82").replace(b"SE*27", b"SE*28")
    body = read_one(data).interchange.groups[0].sets[0].body
    assert isinstance(body, ProfessionalClaims)
    assert body.claims[0].diagnoses == CLAIM.diagnoses
    assert body.claims[0].unread == (("HI", "BG:17"),)
