"""The claim as a whole."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from charthouse.kit import EncounterKind, Severity
from tests.engines.edits.cases import DAY, case, px, rules, the


def test_a_claim_needs_a_diagnosis_and_a_procedure() -> None:
    empty = case(procedures=[])
    assert rules(empty) == ["claim.no-diagnosis", "claim.no-procedure"]
    assert the("claim.no-diagnosis", empty).severity is Severity.FATAL


def test_a_stay_needs_no_procedure_and_no_pointers() -> None:
    stay = EncounterKind.INPATIENT
    assert rules(case("J18.9", procedures=[], setting=stay)) == []
    assert rules(case("J18.9", procedures=[px(pointers=())], setting=stay)) == []


def test_a_double_diagnosis_stops_and_the_second_can_go() -> None:
    finding = the("claim.duplicate-diagnosis", case("I10", "E11.9", "I10"))
    assert (finding.severity, finding.where) == (Severity.FATAL, "dx:3")
    assert finding.mends[0].arguments == {"where": "dx:3"}


def test_a_double_procedure_warns() -> None:
    finding = the("claim.duplicate-procedure", case("I10", procedures=[px(), px(position=2)]))
    assert (finding.severity, finding.where) == (Severity.WARNING, "px:2")
    assert [(mend.action, mend.arguments) for mend in finding.mends] == [("remove", {"where": "px:2"})]
    assert finding.detail.endswith("or line 1 bills 2 units once this line is removed.")


@pytest.mark.parametrize("modifier", ["59", "76", "77", "91", "XE", "XP", "XS", "XU"])
def test_a_repeat_that_says_so_is_silent(modifier: str) -> None:
    assert rules(case("I10", procedures=[px(), px("G0463", modifier, position=2)])) == []


def test_other_modifiers_do_not_excuse_a_double() -> None:
    assert "claim.duplicate-procedure" in rules(case("I10", procedures=[px(), px("G0463", "25", position=2)]))


def test_two_sides_and_two_days_are_no_double() -> None:
    assert rules(case("I10", procedures=[px("G0463", "LT"), px("G0463", "RT", position=2)])) == []
    later = DAY + timedelta(days=1)
    assert rules(case("I10", until=later, procedures=[px(), px(on=later, position=2)])) == []


@pytest.mark.parametrize("units", [0, -1, 1000])
def test_units_out_of_bounds_stop(units: int) -> None:
    finding = the("claim.units", case("I10", procedures=[px(units=units)]))
    assert finding.severity is Severity.FATAL
    assert finding.mends[0].arguments == {"where": "px:1", "units": "1"}


@pytest.mark.parametrize("units", [1, 999])
def test_units_in_bounds_pass(units: int) -> None:
    assert rules(case("I10", procedures=[px(units=units)])) == []


def test_a_missing_pointer_stops_and_the_first_diagnosis_is_offered() -> None:
    finding = the("claim.pointer-missing", case("I10", procedures=[px(pointers=())]))
    assert finding.mends[0].arguments == {"where": "px:1", "pointers": "1"}


def test_a_pointer_to_an_absent_diagnosis_stops_and_the_rest_is_kept() -> None:
    finding = the("claim.pointer-absent", case("I10", "E11.9", procedures=[px(pointers=(2, 9))]))
    assert "diagnosis 9" in finding.message
    assert finding.mends[0].arguments["pointers"] == "2"


def test_more_than_four_pointers_stop() -> None:
    many = case("I10", "E11.9", "J18.9", "M54.50", "R12", procedures=[px(pointers=(1, 2, 3, 4, 5))])
    assert the("claim.pointers-many", many).mends[0].arguments["pointers"] == "1,2,3,4"


def test_a_line_outside_the_dates_stops() -> None:
    finding = the("claim.line-date", case("I10", procedures=[px(on=date(2026, 11, 15))]))
    assert finding.severity is Severity.FATAL
