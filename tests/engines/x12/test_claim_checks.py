"""Checks before a claim is sent: a good claim has no finding, each defect its own rule, place and citation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.engines.x12 import Payer, Provider, Subscriber, check_claim, has_npi_shape
from charthouse.kit import Code, Money, Severity
from tests.engines.x12.examples import ADDRESS, BILLING, CLAIM, LINE, NPI, OTHER_NPI, PAYER, SUBSCRIBER, changed

MANY_LINES = tuple(replace(LINE, control_number=f"L{n}") for n in range(51))
DEFECTS: list[tuple[dict[str, Any], str, str, str]] = [
    ({"payer": Payer("", "")}, "payer", "2010BB NM103, NM109", ""),
    ({"payer": replace(PAYER, identifier="")}, "payer", "2010BB NM103, NM109", ""),
    ({"billing_provider": replace(BILLING, npi="1260181594")}, "billing-npi", "2010AA NM109", "1260181594"),
    ({"billing_provider": replace(BILLING, npi="")}, "billing-npi", "2010AA NM109", ""),
    ({"billing_provider": replace(BILLING, tax_id="")}, "billing-tax-id", "2010AA REF02", ""),
    ({"rendering_provider": Provider("OWENS", "1234567890", "NOAH")}, "rendering-npi", "2310B NM109", "1234567890"),
    ({"referring_provider": Provider("OWENS", "", "NOAH")}, "referring-npi", "2310A NM109", ""),
    ({"lines": (), "total_charge": Money(0)}, "no-line", "2400 LX", ""),
    ({"lines": MANY_LINES, "total_charge": LINE.charge * 51}, "lines", "2400 LX", "51"),
    ({"lines": (replace(LINE, pointers=(3,)),)}, "pointer", "2400 SV107", "3"),
    ({"lines": (replace(LINE, pointers=(0,)),)}, "pointer", "2400 SV107", "0"),
    ({"lines": (replace(LINE, pointers=()),)}, "no-pointer", "2400 SV107", ""),
    ({"total_charge": Money(12_051)}, "total-charge", "2300 CLM02", "$120.51"),
    ({"patient_control_number": "X" * 21}, "claim-number", "2300 CLM01", "X" * 21),
    ({"patient_control_number": ""}, "claim-number", "2300 CLM01", ""),
    ({"place_of_service": "21"}, "admission-date", "2300 DTP*435", ""),
    ({"frequency": "7"}, "original-reference", "2300 REF*F8", ""),
    ({"subscriber": replace(SUBSCRIBER, member_id="")}, "member-id", "2010BA NM109", ""),
    (
        {"billing_provider": replace(BILLING, address=replace(ADDRESS, postal_code="78701"))},
        "billing-zip",
        "2010AA N403",
        "78701",
    ),
    (
        {"billing_provider": replace(BILLING, address=replace(ADDRESS, state="Texas"))},
        "state",
        "2010AA N402",
        "Texas",
    ),
    ({"payer": replace(PAYER, address=replace(ADDRESS, state="T1"))}, "state", "2010BB N402", "T1"),
]


def test_a_good_claim_has_no_finding() -> None:
    assert check_claim(CLAIM) == []


@pytest.mark.parametrize(("fields", "rule", "place", "value"), DEFECTS)
def test_a_defect_is_found_with_its_rule_and_citation(
    fields: dict[str, Any], rule: str, place: str, value: str
) -> None:
    (finding,) = check_claim(changed(**fields))
    assert finding.rule == f"x12.837p.{rule}"
    assert finding.citation == f"005010X222A1, loop {place}"
    assert finding.value == value
    assert finding.severity is Severity.FATAL


def test_no_diagnosis_also_leaves_the_pointers_hanging() -> None:
    rules = [finding.rule for finding in check_claim(changed(diagnoses=()))]
    assert rules == ["x12.837p.no-diagnosis", "x12.837p.pointer", "x12.837p.pointer"]


def test_a_thirteenth_diagnosis_is_found() -> None:
    codes = tuple(Code.icd10cm(f"S{n:02d}.0XXA") for n in range(13))
    (finding,) = check_claim(changed(diagnoses=codes))
    assert (finding.rule, finding.where, finding.value) == ("x12.837p.diagnoses", "dx:13", "13")


def test_too_many_pointers_are_found_on_their_line() -> None:
    line = replace(LINE, pointers=(1, 2, 1, 2, 1))
    (finding,) = check_claim(changed(lines=(LINE, line), total_charge=LINE.charge * 2))
    assert (finding.rule, finding.where) == ("x12.837p.pointers", "line:2")


def test_an_inpatient_claim_with_its_admission_date_passes() -> None:
    assert check_claim(changed(place_of_service="21", admission_date=date(2026, 3, 1))) == []


def test_every_defect_of_a_claim_is_told_at_once() -> None:
    claim = changed(payer=Payer("", ""), total_charge=Money(1), subscriber=Subscriber(SUBSCRIBER.person, ""))
    assert {finding.rule for finding in check_claim(claim)} == {
        "x12.837p.payer",
        "x12.837p.total-charge",
        "x12.837p.member-id",
    }


@pytest.mark.parametrize("npi", [NPI, OTHER_NPI, "1545688966"])
def test_a_right_check_digit_is_taken(npi: str) -> None:
    assert has_npi_shape(npi)


@pytest.mark.parametrize("npi", ["", "126018159", "12601815930", "126018159X", "١٢٦٠١٨١٥٩٣"])
def test_other_shapes_are_not_an_npi(npi: str) -> None:
    assert not has_npi_shape(npi)


@given(st.text("0123456789", min_size=9, max_size=9))
def test_exactly_one_check_digit_fits(first_nine: str) -> None:
    assert sum(has_npi_shape(first_nine + digit) for digit in "0123456789") == 1
