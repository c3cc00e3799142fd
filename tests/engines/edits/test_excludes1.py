"""Two diagnoses that exclude each other."""

from __future__ import annotations

import pytest

from charthouse.kit import Severity
from tests.engines.edits.cases import case, rules, the


@pytest.mark.parametrize(
    ("codes", "place"),
    [
        (("E11.9", "E10.9"), "E11"),
        (("J44.1", "J68.0"), "section J40-J4A"),
        (("R51.9", "G44.1"), "G44"),
        (("I16.0", "I97.3"), ""),
    ],
)
def test_a_note_at_any_level_is_found_in_either_order(codes: tuple[str, str], place: str) -> None:
    if not place:
        assert "icd10cm.excludes1" not in rules(case(*codes))
        return
    for ordered in (codes, codes[::-1]):
        finding = the("icd10cm.excludes1", case(*ordered))
        assert finding.severity is Severity.FATAL
        assert finding.where == "dx:2"
    assert f"Excludes1 note at {place}" in the("icd10cm.excludes1", case(*codes)).citation


def test_the_message_names_both_codes_and_the_note() -> None:
    finding = the("icd10cm.excludes1", case("E11.9", "E10.9"))
    assert finding.message.startswith("E11.9 and E10.9 cannot stand together")
    assert "type 1 diabetes mellitus (E10.-)" in finding.message
    assert "ICD-10-CM FY 2027" in finding.citation


def test_either_code_may_be_removed() -> None:
    mends = the("icd10cm.excludes1", case("E11.9", "E10.9")).mends
    assert {(mend.action, mend.arguments["where"]) for mend in mends} == {("remove", "dx:1"), ("remove", "dx:2")}


def test_excludes2_is_no_conflict() -> None:
    assert "icd10cm.excludes1" not in rules(case("J44.1", "J44.0"))


def test_a_pair_is_reported_once() -> None:
    assert rules(case("E11.9", "E10.9", "I10")).count("icd10cm.excludes1") == 1


def test_every_pair_is_reported() -> None:
    assert rules(case("E11.9", "E10.9", "E13.9")).count("icd10cm.excludes1") == 3


def test_a_note_that_hangs_on_a_condition_only_warns() -> None:
    finding = the("icd10cm.excludes1", case("E87.20", "E11.9"))
    assert finding.severity is Severity.WARNING


def test_a_note_naming_a_seventh_character_is_read_by_it() -> None:
    assert "icd10cm.excludes1" in rules(case("F07.81", "S06.0X0A"))
    assert "icd10cm.excludes1" not in rules(case("F07.81", "S06.0X0S"))


def test_a_code_newer_than_the_text_is_under_its_category() -> None:
    assert "icd10cm.excludes1" not in rules(case("D69.11", "I10"))
