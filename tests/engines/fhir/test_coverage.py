"""Coverages, also those contained in a payment, in their order and without repeats."""

from __future__ import annotations

from typing import Any

from charthouse.kit import ChartCoverage
from tests.engines.fhir.building import chart, told


def coverage(payer: str, **fields: Any) -> dict[str, Any]:
    return {"resourceType": "Coverage", "status": "active", "payor": [{"display": payer}], **fields}


def test_coverage_with_all_its_numbers() -> None:
    payer = {"resourceType": "Organization", "id": "o1", "name": "Northwind", "identifier": [{"value": "NW01"}]}
    one = coverage(
        "",
        payor=[{"reference": "Organization/o1"}],
        subscriberId="NW552",
        **{"class": [{"type": {"coding": [{"code": "group"}]}, "value": "G7"}]},
        type={"text": "PPO"},
    )
    assert chart(one, payer).coverages == (ChartCoverage("Northwind", "NW552", "NW01", "G7", "PPO", 1),)


def test_order_decides_the_rank() -> None:
    read = chart(coverage("Unranked"), coverage("Second", order=2), coverage("First", order=1)).coverages
    assert [(one.payer_name, one.rank) for one in read] == [("First", 1), ("Second", 2), ("Unranked", 3)]


def test_contained_coverage_counts_once_however_often_it_is_paid() -> None:
    payment = {"resourceType": "ExplanationOfBenefit", "contained": [coverage("Northwind")]}
    read = chart(payment, payment)
    assert [one.payer_name for one in read.coverages] == ["Northwind"]
    assert "2 ExplanationOfBenefit" in told(read)


def test_coverage_of_another_patient_is_left_out() -> None:
    read = chart(coverage("Northwind", beneficiary={"reference": "Patient/p2"}))
    assert read.coverages == ()
    assert [one.why for one in read.skipped] == ["its patient is not in the file"]
    assert chart(coverage("Northwind", beneficiary={"reference": "Patient/p1"})).coverages


def test_cancelled_and_nameless_coverages_are_told() -> None:
    read = chart(coverage("Gone", status="cancelled"), coverage(""))
    assert read.coverages == ()
    assert [one.why for one in read.skipped] == ["it is cancelled or entered in error", "it names no payer"]
