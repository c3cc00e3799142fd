"""What may come first, and what must come before what."""

from __future__ import annotations

import pytest

from charthouse.kit import EncounterKind, Severity
from tests.engines.edits.cases import case, rules, the


def test_an_external_cause_never_comes_first() -> None:
    finding = the("icd10cm.external-cause-first", case("W54.0XXA", "S61.412A"))
    assert finding.severity is Severity.FATAL
    assert [(mend.action, mend.arguments) for mend in finding.mends] == [("move-first", {"where": "dx:2"})]


@pytest.mark.parametrize("code", ["V00.01XA", "W19.XXXA", "X58.XXXA", "Y92.009"])
def test_all_external_cause_chapters_count(code: str) -> None:
    assert "icd10cm.external-cause-first" in rules(case(code, "S61.412A"))


def test_an_external_cause_may_come_later() -> None:
    assert "icd10cm.external-cause-first" not in rules(case("S61.412A", "W54.0XXA"))


def test_with_nothing_else_to_put_first_there_is_no_mend() -> None:
    assert the("icd10cm.external-cause-first", case("W54.0XXA", "Y92.009")).mends == ()


def test_a_manifestation_never_comes_first() -> None:
    finding = the("icd10cm.manifestation-first", case("D63.1", "N18.31"))
    assert finding.severity is Severity.FATAL
    assert finding.mends[0].arguments == {"where": "dx:2"}


def test_the_code_named_by_a_code_first_note_goes_before() -> None:
    finding = the("icd10cm.code-first", case("I10", "D63.1", "N18.31"))
    assert (finding.severity, finding.where) == (Severity.WARNING, "dx:2")
    assert finding.mends[0].action == "move-before"
    assert finding.mends[0].arguments == {"where": "dx:3", "before": "dx:2"}
    assert "Code first note at D63.1" in finding.citation


def test_the_right_order_is_silent() -> None:
    assert "icd10cm.code-first" not in rules(case("N18.31", "D63.1"))


def test_a_code_first_note_without_its_code_is_silent() -> None:
    assert "icd10cm.code-first" not in rules(case("I10", "D63.1"))


def test_medicare_refuses_some_principal_diagnoses_of_a_stay() -> None:
    stay = case("B95.1", "N39.0", setting=EncounterKind.INPATIENT, procedures=[])
    assert the("mce.unacceptable-principal", stay).severity is Severity.WARNING
    assert "mce.unacceptable-principal" not in rules(case("B95.1", "N39.0"))


def test_positions_decide_not_the_order_of_the_list() -> None:
    one = case("S61.412A", "W54.0XXA")
    turned = type(one)(one.dates, list(reversed(one.diagnoses)), one.procedures)
    assert "icd10cm.external-cause-first" not in rules(turned)
