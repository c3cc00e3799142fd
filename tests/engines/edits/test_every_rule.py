"""Each rule at, just inside and just outside its bounds; each finding names its code and its source."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from charthouse.engines.edits import CodingCase
from charthouse.kit import CodeSystem, EncounterKind, Severity, Sex
from tests.engines.codesets.books import FIRST_OF_2027, LAST_OF_2026
from tests.engines.edits.cases import DAY, case, findings, px, rules, the

STAY = EncounterKind.INPATIENT
NEXT_DAY = DAY + timedelta(days=1)

# rule, severity, words of the citation, value named in the message, case
SPOILED = [
    ("claim.no-diagnosis", Severity.FATAL, "X12 837 HI", "", case(procedures=[px(pointers=())])),
    ("claim.no-procedure", Severity.FATAL, "X12 837 service line", "", case("I10", procedures=[])),
    ("claim.duplicate-diagnosis", Severity.FATAL, "guideline I.B.12", "I10", case("I10", "I10")),
    (
        "claim.duplicate-procedure",
        Severity.WARNING,
        "Claims Processing Manual",
        "G0463",
        case("I10", procedures=[px(), px(position=2)]),
    ),
    ("claim.units", Severity.FATAL, "X12 837 service line", "G0463", case("I10", procedures=[px(units=0)])),
    ("claim.line-date", Severity.FATAL, "X12 837", "G0463", case("I10", procedures=[px(on=NEXT_DAY)])),
    ("claim.pointer-missing", Severity.FATAL, "X12 837", "G0463", case("I10", procedures=[px(pointers=())])),
    ("claim.pointer-absent", Severity.FATAL, "X12 837", "G0463", case("I10", procedures=[px(pointers=(2,))])),
    (
        "claim.pointers-many",
        Severity.FATAL,
        "X12 837",
        "G0463",
        case("I10", "E11.9", "J18.9", "M54.50", "R12", procedures=[px(pointers=(1, 2, 3, 4, 5))]),
    ),
    ("claim.birth-date", Severity.FATAL, "DMG02", "", case("I10", birth_date=NEXT_DAY)),
    ("icd10cm.unknown", Severity.FATAL, "ICD-10-CM FY 2027", "Z99.999", case("Z99.999")),
    ("icd10cm.incomplete", Severity.FATAL, "ICD-10-CM FY 2027", "S61.412", case("S61.412")),
    ("icd10cm.validity", Severity.FATAL, "valid from 2026-10-01", "D69.11", case("D69.11", on=LAST_OF_2026)),
    ("icd10cm.validity", Severity.NO_DATA, "no ICD-10-CM release", "E11.9", case("E11.9", on=date(2027, 4, 1))),
    ("icd10cm.excludes1", Severity.FATAL, "Excludes1 note at E11", "E10.9", case("E11.9", "E10.9")),
    ("icd10cm.hypertension-related", Severity.FATAL, "I.C.9.a.2", "I10", case("I10", "N18.4")),
    ("icd10cm.external-cause-first", Severity.FATAL, "I.C.20.a.6", "W54.0XXA", case("W54.0XXA", "S61.412A")),
    ("icd10cm.manifestation-first", Severity.FATAL, "I.A.13", "D63.1", case("D63.1", "N18.31")),
    ("icd10cm.code-first", Severity.WARNING, "Code first note at D63.1", "D63.1", case("I12.9", "D63.1", "N18.31")),
    (
        "mce.unacceptable-principal",
        Severity.WARNING,
        "Medicare Code Editor",
        "B95.1",
        case("B95.1", "N39.0", setting=STAY, procedures=[]),
    ),
    ("mce.age", Severity.WARNING, "age conflict (newborn)", "A33", case("A33", birth_date=date(2000, 1, 1))),
    ("mce.sex", Severity.WARNING, "maternity", "O09.00", case("O09.00", sex=Sex.MALE)),
    ("hcpcs.validity", Severity.NO_DATA, "HCPCS Level II demo set", "K0001", case("I10", procedures=[px("K0001")])),
    ("hcpcs.validity", Severity.FATAL, "HCPCS Level II", "12345", case("I10", procedures=[px("12345")])),
    (
        "icd-10-pcs.validity",
        Severity.FATAL,
        "ICD-10-PCS FY 2027",
        "0DTJ4Z1",
        case("I10", procedures=[px("0DTJ4Z1", system=CodeSystem.ICD10PCS)]),
    ),
    (
        "cpt.validity",
        Severity.NO_DATA,
        "cpt",
        "0001Z",
        case("I10", procedures=[px("0001Z", system=CodeSystem.CPT)]),
    ),
]


@pytest.mark.parametrize(
    ("rule", "severity", "citation", "value", "spoiled"),
    [pytest.param(*row, id=f"{row[0]}-{row[1]}") for row in SPOILED],
)
def test_a_finding_names_its_code_and_its_source(
    rule: str, severity: Severity, citation: str, value: str, spoiled: CodingCase
) -> None:
    finding = the(rule, spoiled)
    assert finding.severity is severity
    assert citation in finding.citation
    assert finding.value == value
    assert value in finding.message
    assert finding.message.endswith(".")


def test_nothing_but_no_data_is_left_without_a_way_out_where_the_engine_could_offer_one() -> None:
    without = {row[0] for row in SPOILED for one in findings(row[4]) if one.rule == row[0] and not one.mends}
    # These need a fact only the chart or the practice has.
    judgment = {"claim.no-diagnosis", "claim.no-procedure", "claim.line-date", "claim.birth-date", "mce.age", "mce.sex"}
    no_data = {"icd10cm.validity", "hcpcs.validity", "cpt.validity"}
    assert without <= judgment | no_data


@pytest.mark.parametrize(
    ("rule", "sound"),
    [
        pytest.param("claim.units", case("I10", procedures=[px(units=1)]), id="least units"),
        pytest.param("claim.units", case("I10", procedures=[px(units=999)]), id="most units"),
        pytest.param("claim.line-date", case("I10", procedures=[px(on=DAY)]), id="line on the first day"),
        pytest.param(
            "claim.line-date", case("I10", until=NEXT_DAY, procedures=[px(on=NEXT_DAY)]), id="line on the last day"
        ),
        pytest.param("claim.line-date", case("I10", procedures=[px(on=None)]), id="line without its own date"),
        pytest.param(
            "claim.pointers-many",
            case("I10", "E11.9", "J18.9", "M54.50", procedures=[px(pointers=(1, 2, 3, 4))]),
            id="four pointers",
        ),
        pytest.param("claim.pointer-missing", case("I10", procedures=[px(pointers=())], setting=STAY), id="a stay"),
        pytest.param("claim.birth-date", case("I10", birth_date=DAY), id="born on the day"),
        pytest.param("claim.no-procedure", case("I10", procedures=[], setting=STAY), id="a stay without lines"),
        pytest.param("icd10cm.validity", case("D69.11", on=FIRST_OF_2027), id="first day of a new code"),
        pytest.param("icd10cm.validity", case("D69.1", on=LAST_OF_2026), id="last day of an old code"),
        pytest.param("icd10cm.validity", case("E11.9", on=date(2027, 3, 31)), id="last day of the tables"),
        pytest.param("icd10cm.validity", case("E11.9", on=date(2015, 10, 1)), id="first day of the tables"),
        pytest.param("icd10cm.manifestation-first", case("N18.31", "D63.1"), id="manifestation second"),
        pytest.param("icd10cm.external-cause-first", case("S61.412A", "W54.0XXA"), id="external cause second"),
        pytest.param("mce.unacceptable-principal", case("N39.0", "B95.1", setting=STAY), id="germ second"),
        pytest.param("mce.unacceptable-principal", case("B95.1", "N39.0"), id="a visit has no principal diagnosis"),
        pytest.param("mce.sex", case("I10", sex=Sex.MALE), id="a man with hypertension"),
        pytest.param("hcpcs.validity", case("I10", procedures=[px("J2919")], on=date(2024, 4, 1)), id="first drug day"),
    ],
)
def test_just_inside_its_bounds_a_rule_is_silent(rule: str, sound: CodingCase) -> None:
    assert rule not in rules(sound)


@pytest.mark.parametrize(
    ("mark", "code", "youngest", "oldest"),
    [
        ("newborn", "A33", 0, 0),
        ("pediatric", "B08.20", 0, 17),
        ("maternity", "O09.00", 9, 64),
        ("adult", "Z00.00", 15, 124),
    ],
)
def test_ages_count_completed_years_and_both_ends(mark: str, code: str, youngest: int, oldest: int) -> None:
    birthday = DAY.replace(year=DAY.year - oldest - 1)
    assert "mce.age" not in rules(case(code, birth_date=birthday + timedelta(days=1)))
    assert "mce.age" in rules(case(code, birth_date=birthday))
    if youngest:
        becomes = DAY.replace(year=DAY.year - youngest)
        assert "mce.age" not in rules(case(code, birth_date=becomes))
        finding = the("mce.age", case(code, birth_date=becomes + timedelta(days=1)))
        assert f"age conflict ({mark})" in finding.citation
        assert f"ages {youngest} to {oldest}; the patient is {youngest - 1}" in finding.message


def test_a_birthday_on_the_29th_of_february_counts_in_march_of_other_years() -> None:
    born = date(2008, 2, 29)
    assert "mce.age" not in rules(case("B08.20", birth_date=born, on=date(2026, 2, 28)))
    assert "mce.age" in rules(case("B08.20", birth_date=born, on=date(2026, 3, 1)))


def test_age_is_that_at_the_end_of_a_stay() -> None:
    born = date(2008, 11, 17)
    assert "mce.age" not in rules(case("B08.20", birth_date=born, on=DAY, until=DAY))
    assert "mce.age" in rules(case("B08.20", birth_date=born, on=DAY, until=NEXT_DAY))


def test_a_birth_in_the_future_says_nothing_of_age() -> None:
    assert rules(case("A33", birth_date=NEXT_DAY)) == ["claim.birth-date"]


@pytest.mark.parametrize(
    ("modifiers", "is_double"),
    [
        pytest.param(((), ()), True, id="nothing says why"),
        pytest.param((("25",), ("25",)), True, id="a modifier that is no reason"),
        pytest.param((("LT",), ("LT",)), True, id="the same side"),
        pytest.param((("LT",), ("RT",)), False, id="two sides"),
        pytest.param(((), ("RT",)), False, id="one side beside none"),
        pytest.param((("50",), ("50",)), True, id="both sides, twice"),
        pytest.param(((), ("76",)), False, id="repeated by the same hands"),
        pytest.param(((), ("77",)), False, id="repeated by other hands"),
        pytest.param((("76",), ()), True, id="the reason stands at the first, not at the repeat"),
        pytest.param((("LT",), ("LT", "59")), False, id="the same side, distinct service"),
    ],
)
def test_what_makes_a_line_a_double(modifiers: tuple[tuple[str, ...], tuple[str, ...]], is_double: bool) -> None:
    first, second = modifiers
    lines = [px("G0463", *first), px("G0463", *second, position=2)]
    assert ("claim.duplicate-procedure" in rules(case("I10", procedures=lines))) == is_double


def test_each_line_after_the_first_is_told_against_the_first() -> None:
    lines = [px(position=place) for place in (1, 2, 3)]
    found = [one for one in findings(case("I10", procedures=lines)) if one.rule == "claim.duplicate-procedure"]
    assert [one.where for one in found] == ["px:2", "px:3"]
    assert all("on lines 1 and" in one.message for one in found)


def test_lines_are_judged_by_position_not_by_the_order_of_the_list() -> None:
    turned = case("I10", procedures=[px(position=2), px(position=1)])
    assert the("claim.duplicate-procedure", turned).where == "px:2"


def test_the_same_code_in_two_systems_is_no_double() -> None:
    lines = [px("G0463"), px("G0463", system=CodeSystem.LOCAL, position=2)]
    assert rules(case("I10", procedures=lines)) == []


def test_only_the_pointers_that_stand_are_kept_and_in_their_order() -> None:
    spoiled = case("I10", "E11.9", "R12", procedures=[px(pointers=(3, 9, 1))])
    assert the("claim.pointer-absent", spoiled).mends[0].arguments["pointers"] == "3,1"


def test_without_any_diagnosis_no_pointer_is_offered() -> None:
    found = {one.rule: one for one in findings(case(procedures=[px(pointers=(1,))]))}
    assert found["claim.pointer-absent"].mends == ()


def test_one_bad_line_can_have_several_findings() -> None:
    spoiled = case("I10", procedures=[px("12345", units=0, on=NEXT_DAY, pointers=(4,))])
    assert set(rules(spoiled)) == {"claim.units", "claim.line-date", "claim.pointer-absent", "hcpcs.validity"}
    assert {one.where for one in findings(spoiled)} == {"px:1"}


def test_a_procedure_is_judged_on_its_own_day() -> None:
    stay = case(
        "I10",
        on=date(2024, 3, 30),
        until=date(2024, 4, 2),
        procedures=[px("J2919", on=date(2024, 3, 31)), px("J2919", on=date(2024, 4, 1), position=2)],
    )
    assert [one.where for one in findings(stay) if one.rule == "hcpcs.validity"] == ["px:1"]
