"""Every action a finding offers settles that finding when it is carried out."""

from __future__ import annotations

from datetime import date

import pytest

from charthouse.engines.edits import CodingCase
from charthouse.engines.edits.mends import set_units
from charthouse.kit import EncounterKind
from tests.engines.codesets.books import FIRST_OF_2027
from tests.engines.edits.cases import case, findings, px
from tests.engines.edits.mending import mended

STAY = EncounterKind.INPATIENT
UNFIT = frozenset({"icd10cm.incomplete", "icd10cm.unknown", "icd10cm.validity"})


@pytest.mark.parametrize(
    ("rule", "spoiled"),
    [
        pytest.param("claim.duplicate-diagnosis", case("I10", "E11.9", "I10"), id="same diagnosis twice"),
        pytest.param("claim.duplicate-procedure", case("I10", procedures=[px(), px(position=2)]), id="same line twice"),
        pytest.param("claim.units", case("I10", procedures=[px(units=0)]), id="no units"),
        pytest.param("claim.units", case("I10", procedures=[px(units=1000)]), id="too many units"),
        pytest.param("claim.pointer-missing", case("I10", procedures=[px(pointers=())]), id="no pointer"),
        pytest.param("claim.pointer-absent", case("I10", procedures=[px(pointers=(1, 7))]), id="pointer to nothing"),
        pytest.param("claim.pointer-absent", case("I10", procedures=[px(pointers=(7,))]), id="only such pointers"),
        pytest.param(
            "claim.pointers-many",
            case("I10", "E11.9", "J18.9", "M54.50", "R12", procedures=[px(pointers=(5, 4, 3, 2, 1))]),
            id="five pointers",
        ),
        pytest.param("icd10cm.incomplete", case("S61.412"), id="seventh character missing"),
        pytest.param("icd10cm.incomplete", case("T14.8"), id="placeholders missing"),
        pytest.param("icd10cm.unknown", case("I10", "Z99.999"), id="no such code"),
        pytest.param("icd10cm.excludes1", case("E11.9", "E10.9"), id="two types of diabetes"),
        pytest.param("icd10cm.excludes1", case("J44.1", "J68.0"), id="a note of the section"),
        pytest.param("icd10cm.hypertension-related", case("I10", "N18.4"), id="hypertension and kidney disease"),
        pytest.param("icd10cm.external-cause-first", case("W54.0XXA", "S61.412A", "R12"), id="dog before wound"),
        pytest.param("icd10cm.manifestation-first", case("D63.1", "N18.31"), id="anemia before its cause"),
        pytest.param("icd10cm.code-first", case("I10", "D63.1", "N18.31"), id="cause after its effect"),
        pytest.param(
            "mce.unacceptable-principal",
            case("B95.1", "N39.0", setting=STAY, procedures=[]),
            id="germ before infection",
        ),
        pytest.param(
            "hcpcs.validity",
            case("I10", procedures=[px(), px("J2919", position=2)], on=date(2024, 3, 31)),
            id="drug before its code",
        ),
    ],
)
def test_each_way_out_leads_out(rule: str, spoiled: CodingCase) -> None:
    finding = next(one for one in findings(spoiled) if one.rule == rule)
    assert finding.mends
    for way in finding.mends:
        left = [one for one in findings(mended(spoiled, way)) if one.rule == rule]
        # A completion may itself be unfinished; then its own finding leads on.
        assert finding.message not in [one.message for one in left], way.label


@pytest.mark.parametrize("code", ["E11", "S61.412", "T14.8", "D69.1", "S06.0", "M54.5", "F02.8"])
def test_every_completion_offered_may_be_reported_on_the_day(code: str) -> None:
    spoiled = case(code, on=FIRST_OF_2027)
    finding = next(one for one in findings(spoiled) if one.rule == "icd10cm.incomplete")
    for way in finding.mends:
        if way.action == "replace":
            after = mended(spoiled, way)
            assert not UNFIT.intersection(one.rule for one in findings(after)), way.label


def test_no_more_than_eight_completions_are_offered() -> None:
    for code in ("S72.0", "E11", "T40", "V43"):
        (finding,) = [one for one in findings(case("R12", code)) if one.rule == "icd10cm.incomplete"]
        assert sum(way.action == "replace" for way in finding.mends) <= 8
        assert finding.mends[-1].action == "remove"


def test_every_label_speaks_to_a_person() -> None:
    shown = case("E11.9", "E10.9", "I10", "I10", "S61.412", procedures=[px(units=0, pointers=(9,)), px(position=2)])
    for finding in findings(shown):
        for way in finding.mends:
            assert way.label.split()[0] in {"Replace", "Remove", "Put", "Set", "Point"}
            assert way.label == way.label.strip()
            assert "dx:" not in way.label
            assert "px:" not in way.label


def test_one_unit_is_not_called_units() -> None:
    (one,) = [f for f in findings(case("I10", procedures=[px(units=0)])) if f.rule == "claim.units"]
    assert one.mends[0].label == "Set 1 unit"
    assert set_units("px:1", 2).label == "Set 2 units"
