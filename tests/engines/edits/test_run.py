"""Running packs: order, choice, and any input at all."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from charthouse.engines.edits import ALL, CodedDiagnosis, CodedProcedure, CodingCase, Pack, run
from charthouse.kit import Code, CodeSystem, EncounterKind, Finding, ServiceDates, Severity
from tests.engines.codesets.books import code_book
from tests.engines.edits.cases import case, findings, px

ACTIONS = {"replace", "remove", "move-first", "move-before", "set-units", "set-pointers"}
SOME_CODES = st.sampled_from(sorted(code_book().validity.periods)) | st.text("AESTZ0149X.", max_size=8)
DIAGNOSES = st.builds(CodedDiagnosis, st.integers(1, 25), st.builds(Code.icd10cm, SOME_CODES))
PROCEDURES = st.builds(
    CodedProcedure,
    st.integers(1, 9),
    st.builds(Code, st.sampled_from(CodeSystem), st.text("GJK0123", max_size=6)),
    st.lists(st.sampled_from(["25", "59", "LT"]), max_size=3).map(tuple),
    st.integers(-5, 2000),
    st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    st.lists(st.integers(-1, 30), max_size=6).map(tuple),
)


def test_the_worst_comes_first_then_diagnoses_then_procedures() -> None:
    found = findings(case("E11", "I10", "I10", procedures=[px(units=0), px("K0001", position=2)]))
    assert [finding.severity.order for finding in found] == sorted(finding.severity.order for finding in found)
    assert [finding.where for finding in found] == ["dx:1", "dx:3", "px:1", "px:2"]
    assert found[-1].severity is Severity.NO_DATA


def test_only_the_packs_asked_for_run() -> None:
    only = [pack for pack in ALL if pack.name == "excludes1"]
    found = run(case("E11.9", "E10.9", "I10", "I10"), code_book(), only)
    assert {finding.rule for finding in found} == {"icd10cm.excludes1"}


def test_a_pack_of_ones_own_can_be_added() -> None:
    own = Pack("own", lambda one, book: [Finding("own.rule", Severity.ADVICE, "Look again.", "House rule 1")])
    assert [finding.rule for finding in run(case("I10"), code_book(), [*ALL, own])] == ["own.rule"]


def test_pack_names_are_unique() -> None:
    assert len({pack.name for pack in ALL}) == len(ALL)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(DIAGNOSES, max_size=12),
    st.lists(PROCEDURES, max_size=5),
    st.sampled_from(EncounterKind),
    st.dates(date(2015, 1, 1), date(2028, 1, 1)),
)
def test_any_case_is_checked(
    diagnoses: list[CodedDiagnosis], procedures: list[CodedProcedure], setting: EncounterKind, on: date
) -> None:
    one = CodingCase(ServiceDates.on(on), diagnoses, procedures, setting=setting)
    for finding in run(one, code_book()):
        assert finding.message
        assert finding.citation
        assert {mend.action for mend in finding.mends} <= ACTIONS
        assert finding.severity is not Severity.NO_DATA or not finding.mends
