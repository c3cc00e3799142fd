"""Pairs that coders meet: what excludes what, and what goes first, with the reason in each case."""

from __future__ import annotations

import pytest

from charthouse.kit import EncounterKind, Severity
from tests.engines.codesets.books import FIRST_OF_2027, code_book, valid_on
from tests.engines.edits.cases import case, findings, rules, the

EXCLUDED = "icd10cm.excludes1"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("E11.9", "E13.9", id="two kinds of diabetes"),
        pytest.param("E11.9", "O24.410", id="diabetes of pregnancy"),
        pytest.param("I10", "O10.011", id="hypertension in pregnancy"),
        pytest.param("G43.909", "G44.009", id="migraine and cluster headache"),
        pytest.param("R05.9", "J41.0", id="the symptom beside its disease"),
        pytest.param("I12.9", "I15.0", id="secondary hypertension beside the presumed one"),
        pytest.param("I10", "I27.0", id="a note of the section: pulmonary hypertension"),
        pytest.param("N39.0", "N30.00", id="the site is known"),
        pytest.param("J18.9", "J84.9", id="pneumonia and interstitial pneumonia"),
        pytest.param("K80.20", "K91.86", id="stones left after surgery"),
        pytest.param("R73.03", "E11.9", id="prediabetes beside diabetes"),
        pytest.param("F32.A", "F33.9", id="a single and a recurrent depression"),
    ],
)
def test_these_never_stand_together(one: str, other: str) -> None:
    for ordered in ((one, other), (other, one)):
        finding = the(EXCLUDED, case(*ordered))
        assert finding.where == "dx:2"
        assert f"{one} and {other}" in finding.message or f"{other} and {one}" in finding.message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("R51.9", "G43.909", id="headache beside migraine: no note says so"),
        pytest.param("I21.4", "I25.2", id="an infarction now and an old one"),
        pytest.param("J44.1", "J44.0", id="exacerbation with infection: Excludes2"),
        pytest.param("J44.9", "J45.909", id="COPD with asthma: code also"),
        pytest.param("E11.9", "Z79.4", id="insulin use is an additional code"),
        pytest.param("E11.22", "N18.31", id="stage is an additional code"),
        pytest.param("I12.9", "N18.4", id="hypertensive kidney disease and its stage"),
        pytest.param("I11.0", "I50.22", id="hypertensive heart disease and its failure"),
        pytest.param("S61.412A", "W54.0XXA", id="wound and cause"),
        pytest.param("N39.0", "B96.20", id="infection and germ"),
        pytest.param("M17.11", "M17.12", id="two knees"),
        pytest.param("E66.9", "Z68.35", id="obesity and body mass index"),
    ],
)
def test_these_do_and_nothing_stops_them(one: str, other: str) -> None:
    for ordered in ((one, other), (other, one)):
        assert EXCLUDED not in rules(case(*ordered))
    assert not any(finding.stops for finding in findings(case(one, other)))


def test_the_later_of_the_two_is_pointed_at_wherever_the_note_stands() -> None:
    assert the(EXCLUDED, case("R12", "E11.9", "I10", "E10.9")).where == "dx:4"
    assert the(EXCLUDED, case("R12", "E10.9", "I10", "E11.9")).where == "dx:4"


def test_a_code_twice_does_not_exclude_itself() -> None:
    assert EXCLUDED not in rules(case("R51.9", "R51.9"))


def test_the_way_to_keep_both_is_told() -> None:
    finding = the(EXCLUDED, case("E11.9", "E10.9"))
    assert "I.A.12.a" in finding.detail
    assert "record why" in finding.detail


def test_a_warning_is_for_notes_with_a_condition_that_was_not_understood() -> None:
    finding = the(EXCLUDED, case("E87.20", "E11.9"))
    assert finding.severity is Severity.WARNING
    assert "with" in finding.message


def test_no_code_of_the_year_excludes_itself() -> None:
    book = code_book()
    for code in sorted(valid_on(FIRST_OF_2027))[::500]:
        assert not [one for one in findings(case(code, code)) if one.rule == EXCLUDED], book.icd10cm(code)


@pytest.mark.parametrize(
    ("codes", "moved"),
    [
        pytest.param(("F02.80", "G30.9"), "G30.9", id="dementia: the disease first"),
        pytest.param(("D63.1", "N18.4"), "N18.4", id="anemia in kidney disease"),
        pytest.param(("H28", "E20.9"), "E20.9", id="cataract in another disease"),
        pytest.param(("G63", "E85.3"), "E85.3", id="polyneuropathy in another disease"),
    ],
)
def test_the_disease_goes_before_its_manifestation(codes: tuple[str, ...], moved: str) -> None:
    found = {one.rule: one for one in findings(case(*codes))}
    sequence = found.get("icd10cm.code-first") or found["icd10cm.manifestation-first"]
    assert f"Put {moved}" in sequence.mends[0].label
    assert not {"icd10cm.code-first", "icd10cm.manifestation-first"}.intersection(rules(case(*_sorted(codes, moved))))


def _sorted(codes: tuple[str, ...], first: str) -> list[str]:
    return [first, *(code for code in codes if code != first)]


def test_one_named_code_before_it_is_enough() -> None:
    assert "icd10cm.code-first" not in rules(case("N18.31", "D63.1", "N18.4"))


def test_only_three_are_offered_for_the_first_place_and_none_that_may_not_stand_there() -> None:
    shown = the("icd10cm.external-cause-first", case("W54.0XXA", "Y92.009", "D63.1", "R12", "I10", "E78.5", "M10.9"))
    assert [way.label for way in shown.mends] == ["Put R12 first", "Put I10 first", "Put E78.5 first"]


@pytest.mark.parametrize("setting", list(EncounterKind))
def test_an_external_cause_is_never_first_in_any_setting(setting: EncounterKind) -> None:
    assert "icd10cm.external-cause-first" in rules(case("X58.XXXA", "R12", setting=setting))


@pytest.mark.parametrize("setting", [kind for kind in EncounterKind if kind is not EncounterKind.INPATIENT])
def test_the_list_of_principal_diagnoses_is_for_stays_alone(setting: EncounterKind) -> None:
    assert "mce.unacceptable-principal" not in rules(case("B95.1", "N39.0", setting=setting))


def test_a_case_without_a_readable_diagnosis_has_no_order() -> None:
    sequence = {"icd10cm.external-cause-first", "icd10cm.manifestation-first", "icd10cm.code-first"}
    assert not sequence.intersection(rules(case()))
    assert not sequence.intersection(rules(case("QQQ", "???")))


def test_a_code_newer_than_the_text_keeps_its_place_in_the_order() -> None:
    assert rules(case("D69.11", "W54.0XXA")) == []
    assert "icd10cm.external-cause-first" in rules(case("W54.0XXA", "D69.11"))
