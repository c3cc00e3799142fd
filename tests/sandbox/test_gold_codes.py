"""The gold codes of the demo charts: valid on the day, without conflict, and each with its words in the chart."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from charthouse.engines.codesets import CodeBook, Note, ValidityState, load_code_book
from charthouse.kit import Code, CodeSystem
from tests.sandbox.demo_files import chart, charts, gold, practice

EVERY = pytest.mark.parametrize("case", gold(), ids=lambda case: case["chart"])
_REFERENCE = re.compile(r"([A-Z]\d[0-9A-Z](?:\.[0-9A-Z]+)?)(?:\.?-(?![A-Z]))?(?:-([A-Z]\d[0-9A-Z](?:\.[0-9A-Z]+)?))?")


@cache
def book() -> CodeBook:
    """The code tables the product ships with."""
    return load_code_book()


def _is_named(code: str, line: str) -> bool:
    """Whether a line of a note names this code in its brackets, alone, by stem or in a range."""
    for brackets in re.findall(r"\(([^()]*)\)", line):
        for low, high in _REFERENCE.findall(brackets):
            if code.startswith(low) or (high and low <= code and code[: len(high)] <= high):
                return True
    return False


def _excludes1(code: str) -> list[Note]:
    """Excludes1 notes of a code and of everything above it but the chapter."""
    entry = book().icd10cm(code)
    assert entry is not None, code
    return [note for note in entry.excludes1 if not note.place.startswith("chapter")]


def _conflicts(codes: list[str]) -> list[tuple[str, str]]:
    return [
        (one, other)
        for one in codes
        for other in codes
        if one != other and any(_is_named(other, line) for note in _excludes1(one) for line in note.lines)
    ]


def test_every_chart_has_its_gold_codes() -> None:
    assert {case["chart"] for case in gold()} == {one.stem for one in charts()}


@EVERY
def test_each_diagnosis_is_billable_on_the_date_of_service(case: dict[str, Any]) -> None:
    day = chart(case["chart"]).last_day
    found = {code: book().is_valid(Code.icd10cm(code), day) for code in case["diagnoses"]}
    assert [f"{code}: {answer.text}" for code, answer in found.items() if not answer.is_valid] == []
    assert 1 <= len(case["diagnoses"]) <= 12
    assert len(set(case["diagnoses"])) == len(case["diagnoses"])


@EVERY
def test_no_two_diagnoses_exclude_each_other(case: dict[str, Any]) -> None:
    assert _conflicts(case["diagnoses"]) == []


@EVERY
def test_each_code_has_a_quote_that_stands_in_a_signed_document(case: dict[str, Any]) -> None:
    text = chart(case["chart"]).signed_text
    codes = [*case["diagnoses"], *(line["code"] for line in case["procedures"])]
    assert sorted(case["evidence"]) == sorted(codes)
    assert [quote for quote in case["evidence"].values() if quote not in text] == []
    assert all("\n" not in quote for quote in case["evidence"].values())


@EVERY
def test_each_procedure_is_in_the_charge_master_on_the_day_and_points_to_diagnoses(case: dict[str, Any]) -> None:
    found = chart(case["chart"])
    assert case["procedures"]
    for line in case["procedures"]:
        day = date.fromisoformat(line.get("date", found.first_day.isoformat()))
        prices = [item for item in practice()["charge_master"] if item["code"] == line["code"]]
        assert found.first_day <= day <= found.last_day
        assert any(item["effective_from"] <= day.isoformat() <= (item["effective_to"] or "9999") for item in prices)
        assert 1 <= len(line["pointers"]) <= 4
        assert len(set(line["pointers"])) == len(line["pointers"])
        assert all(1 <= pointer <= len(case["diagnoses"]) for pointer in line["pointers"])
        assert line["units"] >= 1


@EVERY
def test_each_procedure_and_modifier_is_one_the_code_book_knows(case: dict[str, Any]) -> None:
    day = chart(case["chart"]).first_day
    for line in case["procedures"]:
        assert book().is_valid(Code(CodeSystem.HCPCS, line["code"]), day).is_valid, line["code"]
        assert [modifier for modifier in line["modifiers"] if modifier not in book().modifiers] == []


@EVERY
def test_an_external_cause_is_never_first_nor_pointed_to(case: dict[str, Any]) -> None:
    outside = {number for number, code in enumerate(case["diagnoses"], 1) if code[0] in "VWXY"}
    assert 1 not in outside
    assert all(outside.isdisjoint(line["pointers"]) for line in case["procedures"])


@EVERY
def test_no_tempting_code_is_among_the_gold_codes(case: dict[str, Any]) -> None:
    codes = [*case["diagnoses"], *(line["code"] for line in case["procedures"])]
    assert case["tempting"]
    assert set(case["tempting"]).isdisjoint(codes)
    assert all(reason for reason in case["tempting"].values())


def test_a_code_of_the_year_before_is_refused_in_the_new_year() -> None:
    for case, code in (("visit-heel-pain", "M72.2"), ("cardiology-weak-heart", "I42.0")):
        wanted = Code.icd10cm(code)
        assert book().is_valid(wanted, chart(case).last_day).is_valid
        assert not book().is_valid(wanted, date(2026, 11, 2)).is_valid


def test_a_header_code_tempts_in_the_low_back_chart() -> None:
    answer = book().is_valid(Code.icd10cm("M54.5"), chart("visit-low-back").last_day)
    assert answer.state is ValidityState.HEADER


@pytest.mark.parametrize(
    ("stem", "tempting"),
    [
        ("visit-burning-urine", "N39.0"),
        ("visit-burning-urine", "R31.0"),
        ("observation-faint", "I95.1"),
        ("inpatient-pneumonia-sepsis", "J18.1"),
        ("cardiology-catheterization", "I20.0"),
        ("home-health-after-stroke", "Z86.73"),
        ("surgery-gallbladder", "K81.1"),
    ],
)
def test_the_tempting_code_really_excludes_a_gold_code(stem: str, tempting: str) -> None:
    case = next(one for one in gold() if one["chart"] == stem)
    assert tempting in case["tempting"]
    assert _conflicts([*case["diagnoses"], tempting])


@pytest.mark.parametrize(
    ("stem", "instead"), [("visit-kidney-and-pressure", "I12.9"), ("inpatient-heart-and-kidney", "I13.0")]
)
def test_hypertension_beside_kidney_disease_is_one_combination_code(stem: str, instead: str) -> None:
    case = next(one for one in gold() if one["chart"] == stem)
    assert "I10" in case["tempting"]
    assert instead in case["diagnoses"]
    assert any(code.startswith("N18") for code in case["diagnoses"])


def test_the_words_of_an_unsigned_consult_are_no_evidence() -> None:
    found = chart("inpatient-heart-and-kidney")
    assert "Acute tubular necrosis" in found.text
    assert "Acute tubular necrosis" not in found.signed_text


def test_one_rightly_coded_drug_line_meets_the_denial_of_cascadia() -> None:
    denied = []
    for case in gold():
        if chart(case["chart"]).header["Payer"] != "Cascadia Mutual":
            continue
        for line in case["procedures"]:
            starts = {case["diagnoses"][pointer - 1][0] for pointer in line["pointers"]}
            if line["code"].startswith("J") and starts <= {"R", "Z"}:
                denied.append((case["chart"], line["code"]))
    assert denied == [("emergency-vomiting", "J2405")]


@pytest.mark.parametrize(
    ("stem", "code", "dose", "per_unit"),
    [
        ("visit-copd-flare", "J2919", 125, 5),
        ("emergency-cough-and-fever", "J2919", 60, 5),
        ("emergency-cough-and-fever", "J0696", 1000, 250),
        ("visit-burning-urine", "J0696", 1000, 250),
        ("surgery-gallbladder", "J0696", 2000, 250),
        ("surgery-gallbladder", "J1100", 8, 1),
        ("emergency-vomiting", "J2405", 4, 1),
        ("emergency-wrist-fall", "J1885", 30, 15),
        ("visit-heel-pain", "J3301", 40, 10),
        ("interventional-clotted-graft", "J1644", 3000, 1000),
        ("cardiology-catheterization", "J1644", 7000, 1000),
    ],
)
def test_drug_units_follow_from_the_dose(stem: str, code: str, dose: int, per_unit: int) -> None:
    case = next(one for one in gold() if one["chart"] == stem)
    line = next(one for one in case["procedures"] if one["code"] == code)
    assert line["units"] * per_unit == dose
    written = f"{dose // 1000} g" if code == "J0696" else f"{dose:,}"
    assert written in case["evidence"][code]


def test_lines_of_a_stay_are_in_date_order() -> None:
    for case in gold():
        days = [line["date"] for line in case["procedures"] if "date" in line]
        assert all(earlier < later for earlier, later in pairwise(days)), case["chart"]
