"""Mistakes are said with their source, stop what they must, and can be mended by one key."""

from __future__ import annotations

from datetime import date
from inspect import getmembers, isfunction

import pytest

from charthouse.apps.charts.models import Coverage
from charthouse.apps.coding import actions
from charthouse.apps.coding.actions.mends import MENDS
from charthouse.apps.coding.checks import findings, key_of
from charthouse.apps.coding.errors import FindingsOpen
from charthouse.apps.coding.models import CodingSummary
from charthouse.apps.core.errors import Conflict, Invalid
from charthouse.apps.practice.models import ChargeItem
from charthouse.apps.reference.selectors import code_book
from charthouse.engines.codesets import ValidityState
from charthouse.engines.edits import mends
from charthouse.kit import Code, Severity
from tests.apps import builders
from tests.apps.coding.desk import Desk, set_up


def mend(desk: Desk, rule: str, label: str) -> None:
    """Press the key of a mend."""
    finding = desk.finding(rule)
    index = next(index for index, text in enumerate(finding.mends) if label in text)
    actions.apply_mend(desk.coder, desk.session.uid, finding.key, index)


def rules(desk: Desk) -> list[str]:
    return [finding.rule for finding in desk.view().findings]


@pytest.mark.parametrize("text", ["E11.229", "Z99.0000", "Q99999", "A12345"])
def test_a_code_that_does_not_exist_is_refused_at_once(desk: Desk, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        desk.add(text)
    assert refused.value.code == "coding.no-such-code"
    assert desk.view().diagnoses == ()


def test_the_nearest_code_that_exists_is_named(desk: Desk) -> None:
    with pytest.raises(Invalid) as refused:
        desk.add("E11.229")
    assert refused.value.mend == "E11.22 exists: start from there."


def test_a_procedure_known_to_nobody_is_refused_and_one_in_the_charge_master_is_taken(desk: Desk) -> None:
    with pytest.raises(Invalid, match="charge master"):
        desk.add("99901")
    builders.charge_item(desk.organization, "99901")
    desk.add("E11.22", "99901")
    assert desk.view().procedures[0].title == "Service 99901"
    assert rules(desk) == []


def test_a_diagnosis_takes_nothing_that_belongs_to_procedures(desk: Desk) -> None:
    with pytest.raises(Invalid, match="is a diagnosis"):
        actions.add_diagnosis(desk.coder, desk.session.uid, "E11.22 x2")


def test_a_header_may_be_listed_but_stops_and_offers_its_completions(desk: Desk) -> None:
    desk.add("E11.2", "G0463")
    line = desk.view().diagnoses[0]
    assert [mark.label for mark in line.marks] == ["PDx", "header"]
    finding = desk.finding("icd10cm.incomplete")
    assert finding in line.findings
    assert finding.stops
    assert "FY 2027" in finding.citation
    mend(desk, "icd10cm.incomplete", "E11.22")
    assert [line.display for line in desk.view().diagnoses] == ["E11.22"]
    assert rules(desk) == []
    actions.undo(desk.coder, desk.session.uid)
    assert desk.finding("icd10cm.incomplete") == finding


def test_a_code_that_is_no_longer_valid_may_be_listed_but_stops(desk: Desk) -> None:
    book, on = code_book(), date(2026, 11, 18)
    ended = next(
        code
        for code, spans in book.validity.periods.items()
        if spans[-1][1] == 20260930 and book.is_valid(Code.icd10cm(code), on).state is ValidityState.EXPIRED
    )
    actions.add_diagnosis(desk.coder, desk.session.uid, ended)
    finding = desk.finding("icd10cm.validity")
    assert finding.stops
    assert "2026-09-30" in finding.citation
    assert desk.view().diagnoses[0].marks[1].label == "expired"


def test_the_same_diagnosis_twice_is_a_finding_not_a_refusal(desk: Desk) -> None:
    desk.add("E11.22", "I10", "E11.22", "G0463")
    assert desk.finding("claim.duplicate-diagnosis").where == "dx:3"
    mend(desk, "claim.duplicate-diagnosis", "Remove")
    assert [line.display for line in desk.view().diagnoses] == ["E11.22", "I10"]


def test_two_that_exclude_each_other_stop(desk: Desk) -> None:
    desk.add("E11.22", "E10.9", "G0463")
    assert desk.finding("icd10cm.excludes1").stops
    mend(desk, "icd10cm.excludes1", "Remove E10.9")
    assert rules(desk) == []


def test_sequence_is_mended_by_moving(desk: Desk) -> None:
    desk.add("W19.XXXA", "S52.501A", "G0463")
    assert desk.finding("icd10cm.external-cause-first").stops
    mend(desk, "icd10cm.external-cause-first", "first")
    assert [line.display for line in desk.view().diagnoses] == ["S52.501A", "W19.XXXA"]
    assert "icd10cm.external-cause-first" not in rules(desk)


def test_code_first_is_mended_by_moving_before(desk: Desk) -> None:
    desk.add("I10", "F02.80", "G30.9", "G0463")
    assert not desk.finding("icd10cm.code-first").stops
    mend(desk, "icd10cm.code-first", "G30.9 before")
    assert [line.display for line in desk.view().diagnoses] == ["I10", "G30.9", "F02.80"]
    assert "icd10cm.code-first" not in rules(desk)


def test_a_missing_pointer_is_mended(desk: Desk) -> None:
    desk.add("G0463", "E11.22")
    assert desk.finding("claim.pointer-missing").stops
    mend(desk, "claim.pointer-missing", "Point to diagnosis 1")
    assert desk.view().procedures[0].pointers == (1,)


def test_too_many_units_are_mended(desk: Desk) -> None:
    desk.add("E11.22", "J1885 x9999")
    mend(desk, "claim.units", "Set 1 unit")
    assert desk.view().procedures[0].units == 1


def test_a_doubled_procedure_can_be_removed(desk: Desk) -> None:
    desk.add("E11.22", "G0463", "G0463")
    assert desk.finding("claim.duplicate-procedure").severity is Severity.WARNING
    mend(desk, "claim.duplicate-procedure", "Remove")
    assert len(desk.view().procedures) == 1


def test_a_code_without_a_price_on_the_day_stops(desk: Desk) -> None:
    desk.add("E11.22", "G0999")
    finding = desk.finding("coding.no-price")
    assert finding.message == "The practice has no price for G0999 on 18 Nov 2026."
    assert finding.citation == "Charge master"
    assert finding.stops
    builders.charge_item(desk.organization, "G0999")
    ChargeItem.objects.filter(code="G0999").update(effective_from=date(2026, 11, 19))
    assert desk.finding("coding.no-price").stops
    ChargeItem.objects.filter(code="G0999").update(effective_from=date(2026, 11, 18))
    assert "coding.no-price" not in rules(desk)
    assert "hcpcs.validity" in rules(desk), "not loaded is said, and is not a pass"


def test_no_known_payer_is_a_warning_and_does_not_stop(desk: Desk) -> None:
    Coverage.objects.update(payer=None)
    desk.add("E11.22", "G0463")
    assert not desk.finding("coding.no-payer").stops
    made = actions.finalise(desk.coder, desk.session.uid, 2)
    assert [finding["rule"] for finding in made.content["findings"]] == ["coding.no-payer"]


def test_a_thirteenth_diagnosis_stops(desk: Desk) -> None:
    desk.add("E11.22", "N18.31", "G0463", *(f"Z79.{digit}" for digit in (1, 2, 3, 4)))
    desk.add("I10", "Z87.891", "J45.909", "M54.50", "R05.9", "R42", "R53.83")
    finding = desk.finding("coding.too-many-diagnoses")
    assert (finding.where, finding.stops) == ("dx:13", True)
    mend(desk, "coding.too-many-diagnoses", "Remove")
    assert "coding.too-many-diagnoses" not in rules(desk)


def test_nothing_coded_stops(desk: Desk) -> None:
    assert [finding.rule for finding in desk.view().findings] == ["claim.no-diagnosis", "claim.no-procedure"]
    assert desk.view().counts.stops == 2
    with pytest.raises(FindingsOpen) as refused:
        actions.finalise(desk.coder, desk.session.uid, 0)
    assert [finding.rule for finding in refused.value.findings] == ["claim.no-diagnosis", "claim.no-procedure"]
    assert refused.value.message.startswith("2 findings stop this coding")
    assert not CodingSummary.objects.exists()


def test_a_stay_is_judged_by_the_tables_of_its_last_day(db: None) -> None:
    desk = set_up(kind="inpatient")
    desk.encounter.service_from = date(2026, 9, 28)
    desk.encounter.service_to = date(2026, 10, 2)
    desk.encounter.save()
    assert "FY 2027" in desk.view().release


def test_a_page_that_is_behind_cannot_finalise(desk: Desk) -> None:
    desk.add("E11.22", "G0463")
    with pytest.raises(Conflict) as refused:
        actions.finalise(desk.coder, desk.session.uid, 1)
    assert refused.value.code == "coding.stale"
    assert not CodingSummary.objects.exists()


def test_a_mend_of_a_settled_finding_is_refused(desk: Desk) -> None:
    desk.add("E11.2", "G0463")
    key = desk.finding("icd10cm.incomplete").key
    with pytest.raises(Invalid):
        actions.apply_mend(desk.coder, desk.session.uid, key, 99)
    actions.apply_mend(desk.coder, desk.session.uid, key, 0)
    with pytest.raises(Conflict) as refused:
        actions.apply_mend(desk.coder, desk.session.uid, key, 0)
    assert refused.value.code == "coding.finding-gone"


def test_keys_tell_findings_apart(desk: Desk) -> None:
    desk.add("E11.2", "E11.2", "G0999", "G0999 x9999")
    keys = [key_of(finding) for finding in findings(desk.session)]
    assert len(keys) == len(set(keys)) > 5


def test_every_kind_of_mend_the_rules_know_has_an_action() -> None:
    kinds = {
        name.replace("_", "-") for name, made in getmembers(mends, isfunction) if made.__module__ == mends.__name__
    }
    assert kinds == set(MENDS)


def test_every_mend_that_is_offered_can_be_carried_out(desk: Desk) -> None:
    desk.add("W19.XXXA", "E11.2", "E11.22", "E10.9", "E11.22", "G0999 x9999", "J1885", "J1885")
    for finding in desk.view().findings:
        for index, label in enumerate(finding.mends):
            before = desk.view()
            actions.apply_mend(desk.coder, desk.session.uid, finding.key, index)
            assert desk.view().revision == before.revision + 1, (finding.rule, label)
            actions.undo(desk.coder, desk.session.uid)
            assert desk.view().diagnoses == before.diagnoses
            assert desk.view().procedures == before.procedures
