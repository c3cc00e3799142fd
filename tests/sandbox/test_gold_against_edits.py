"""The edit rules let the gold codes of every demo chart pass, and stop the mistakes the charts tempt to."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest

from charthouse.engines.codesets import CodeBook, load_code_book
from charthouse.engines.edits import CodedDiagnosis, CodedProcedure, CodingCase, run
from charthouse.kit import Code, CodeSystem, EncounterKind, Finding, ServiceDates, Sex
from tests.sandbox.demo_files import chart, gold


@cache
def _book() -> CodeBook:
    return load_code_book()


def _case(stem: str) -> dict[str, Any]:
    return next(one for one in gold() if one["chart"] == stem)


def _procedure(position: int, line: dict[str, Any]) -> CodedProcedure:
    return CodedProcedure(
        position,
        Code(CodeSystem.HCPCS, line["code"]),
        tuple(line["modifiers"]),
        line["units"],
        date.fromisoformat(line["date"]) if "date" in line else None,
        tuple(line["pointers"]),
    )


def _findings(case: dict[str, Any], diagnoses: list[str]) -> list[Finding]:
    """What the rules say of a chart coded with these diagnoses and its gold procedures."""
    found = chart(case["chart"])
    coded = CodingCase(
        dates=ServiceDates(found.first_day, found.last_day),
        diagnoses=[CodedDiagnosis(position, Code.icd10cm(code)) for position, code in enumerate(diagnoses, 1)],
        procedures=[_procedure(position, line) for position, line in enumerate(case["procedures"], 1)],
        sex=Sex(found.header["Sex"]),
        birth_date=date.fromisoformat(found.header["Born"]),
        setting=EncounterKind(found.header["Kind"]),
    )
    return run(coded, _book())


def _rules_that_stop(case: dict[str, Any], diagnoses: list[str]) -> set[str]:
    return {finding.rule for finding in _findings(case, diagnoses) if finding.stops}


@pytest.mark.parametrize("case", gold(), ids=lambda case: case["chart"])
def test_nothing_stops_the_gold_codes(case: dict[str, Any]) -> None:
    assert [str(one) for one in _findings(case, case["diagnoses"]) if one.stops] == []


@pytest.mark.parametrize(
    ("stem", "added"),
    [
        ("visit-burning-urine", "N39.0"),
        ("visit-burning-urine", "R31.0"),
        ("observation-faint", "I95.1"),
        ("inpatient-pneumonia-sepsis", "J18.1"),
        ("cardiology-catheterization", "I20.0"),
        ("surgery-gallbladder", "K81.1"),
        ("home-health-after-stroke", "Z86.73"),
    ],
)
def test_a_code_that_excludes_a_gold_code_stops_the_chart(stem: str, added: str) -> None:
    case = _case(stem)
    assert "icd10cm.excludes1" in _rules_that_stop(case, [*case["diagnoses"], added])


@pytest.mark.parametrize(
    ("stem", "right", "short"), [("visit-low-back", "M54.59", "M54.5"), ("visit-copd-flare", "E11.65", "E11")]
)
def test_a_header_in_place_of_a_gold_code_stops_the_chart(stem: str, right: str, short: str) -> None:
    case = _case(stem)
    diagnoses = [short if code == right else code for code in case["diagnoses"]]
    assert "icd10cm.incomplete" in _rules_that_stop(case, diagnoses)


def test_a_code_of_the_next_year_stops_a_chart_of_september() -> None:
    case = _case("cardiology-weak-heart")
    diagnoses = ["I42.00" if code == "I42.0" else code for code in case["diagnoses"]]
    assert _rules_that_stop(case, diagnoses)


@pytest.mark.parametrize(
    ("stem", "right"), [("visit-kidney-and-pressure", "I12.9"), ("inpatient-heart-and-kidney", "I13.0")]
)
def test_hypertension_alone_beside_what_it_is_presumed_to_cause_stops_and_the_gold_code_is_offered(
    stem: str, right: str
) -> None:
    case = _case(stem)
    assert "I10" in case["tempting"]
    diagnoses = ["I10" if code == right else code for code in case["diagnoses"]]
    (finding,) = [one for one in _findings(case, diagnoses) if one.rule == "icd10cm.hypertension-related"]
    assert finding.stops
    assert [mend.arguments["code"] for mend in finding.mends] == [Code.icd10cm(right).value]
