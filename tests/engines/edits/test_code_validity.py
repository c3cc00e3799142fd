"""Single codes against their tables."""

from __future__ import annotations

from datetime import date

import pytest

from charthouse.engines.edits import CodedDiagnosis, CodingCase
from charthouse.kit import Code, CodeSystem, EncounterKind, ServiceDates, Severity
from tests.engines.codesets.books import FIRST_OF_2027, LAST_OF_2026, valid_on
from tests.engines.edits.cases import case, findings, px, rules, the


def test_a_sound_case_has_no_finding() -> None:
    assert findings(case("J44.1", "J44.0", "J18.9")) == []


def test_an_incomplete_code_stops_and_offers_its_completions() -> None:
    finding = the("icd10cm.incomplete", case("S61.412"))
    assert (finding.severity, finding.where, finding.value) == (Severity.FATAL, "dx:1", "S61.412")
    replaced = [mend.arguments for mend in finding.mends if mend.action == "replace"]
    assert replaced == [{"where": "dx:1", "code": f"S61412{one}"} for one in "ADS"]
    assert finding.mends[-1].action == "remove"


def test_only_billable_completions_are_offered() -> None:
    mends = the("icd10cm.incomplete", case("E11")).mends
    assert {mend.arguments["code"] for mend in mends if mend.action == "replace"} == {"E118", "E119", "E11A"}


def test_an_unknown_code_stops() -> None:
    finding = the("icd10cm.unknown", case("Z99.999"))
    assert finding.severity is Severity.FATAL
    assert "no such ICD-10-CM code" in finding.message


def test_a_code_not_yet_in_force_stops_with_its_date() -> None:
    finding = the("icd10cm.validity", case("D69.11", on=LAST_OF_2026))
    assert finding.severity is Severity.FATAL
    assert "2026-10-01" in finding.citation


@pytest.mark.parametrize(("day", "stops"), [(LAST_OF_2026, False), (FIRST_OF_2027, True)])
def test_deleted_codes_stop_from_the_new_year_on(day: date, stops: bool) -> None:
    for code in sorted(valid_on(LAST_OF_2026) - valid_on(FIRST_OF_2027)):
        own = {"icd10cm.validity", "icd10cm.incomplete"}.intersection(rules(case(code, on=day)))
        assert bool(own) == stops, code


def test_a_new_code_passes_without_its_text() -> None:
    assert rules(case("D69.11", on=FIRST_OF_2027)) == []


def test_the_release_is_cited() -> None:
    assert "FY 2027 validity" in the("icd10cm.unknown", case("Z99.999")).citation


def test_a_stay_is_coded_by_its_discharge_date() -> None:
    stay = EncounterKind.INPATIENT
    assert rules(case("D69.11", on=LAST_OF_2026, until=FIRST_OF_2027, setting=stay)) == []
    assert "icd10cm.validity" in rules(case("D69.11", on=LAST_OF_2026, until=FIRST_OF_2027))


def test_a_day_without_tables_is_no_data_not_a_pass() -> None:
    finding = the("icd10cm.validity", case("E11.9", on=date(2027, 5, 1)))
    assert (finding.severity, finding.mends) == (Severity.NO_DATA, ())


def test_a_hcpcs_code_outside_the_demo_set_is_no_data() -> None:
    finding = the("hcpcs.validity", case("I10", procedures=[px("K0001")]))
    assert finding.severity is Severity.NO_DATA
    assert "HCPCS Level II is not loaded beyond the demo set" in finding.message


def test_a_hcpcs_code_before_its_time_stops() -> None:
    finding = the("hcpcs.validity", case("I10", procedures=[px("J2919")], on=date(2024, 3, 31)))
    assert (finding.severity, finding.where) == (Severity.FATAL, "px:1")


def test_a_code_set_that_is_not_loaded_is_no_data() -> None:
    finding = the("cpt.validity", case("I10", procedures=[px("0000X", system=CodeSystem.CPT)]))
    assert finding.severity is Severity.NO_DATA


def test_a_practices_own_codes_are_its_own_business() -> None:
    assert rules(case("I10", procedures=[px("ANY THING", system=CodeSystem.LOCAL)])) == []


def test_a_diagnosis_in_another_system_stops() -> None:
    odd = CodingCase(ServiceDates.on(FIRST_OF_2027), [CodedDiagnosis(1, Code(CodeSystem.SNOMED, "1"))], [px()])
    assert the("icd10cm.system", odd).severity is Severity.FATAL
