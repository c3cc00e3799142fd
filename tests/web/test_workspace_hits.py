"""Results of the command line and what is said about a code."""

from __future__ import annotations

from datetime import date

import pytest

from charthouse.web.presenters import hits
from tests.apps import builders

ON = date(2026, 11, 18)


def labels(detail: hits.Detail | None) -> dict[str, tuple[str, ...]]:
    assert detail is not None
    return {fact.label: fact.lines for fact in detail.facts}


@pytest.mark.parametrize(
    ("typed", "looked_for"),
    [("copd exac", "copd exac"), ("e11.22", "e11.22"), ("G0463-25 x1 >1,2", "G0463"), ("j0696 x4", "J0696"), ("", "")],
)
def test_only_the_code_of_a_command_is_looked_for(typed: str, looked_for: str) -> None:
    assert hits.code_part(typed) == looked_for


def test_a_command_for_the_chosen_code_is_taken_whole() -> None:
    assert hits.command_for("g0463-25 x2", "G0463") == "g0463-25 x2"


@pytest.mark.parametrize("typed", ["G0463", "clinic visit", "J0696 x4", ""])
def test_anything_else_adds_the_chosen_code_alone(typed: str) -> None:
    assert hits.command_for(typed, "G0463") == "G0463"


@pytest.mark.django_db
def test_words_find_diagnoses_with_the_matched_words_underlined_together() -> None:
    best = hits.search("copd exac", "", builders.organization().pk, ON)[0]
    assert (best.kind, best.display, best.is_billable) == ("dx", "J44.1", True)
    disease = "Chronic obstructive pulmonary disease"
    assert [part.text for part in best.parts if part.is_match] == [disease, "exacerbation"]
    assert "".join(part.text for part in best.parts) == f"{disease} with (acute) exacerbation"
    assert best.note.startswith("read as")


@pytest.mark.django_db
def test_an_incomplete_code_says_what_it_needs() -> None:
    first = hits.search("m54.5", "dx", builders.organization().pk, ON)[0]
    assert (first.display, first.blanks, first.is_billable) == ("M54.5", "_", False)
    assert first.needs.startswith("needs 1 more character: 0 ")


@pytest.mark.django_db
def test_procedures_show_the_price_of_the_practice_or_that_there_is_none() -> None:
    practice = builders.organization()
    builders.charge_item(practice, "G0463", 12_000)
    own = hits.search("G0463-25 x1", "", practice.pk, ON)[0]
    assert (own.kind, own.code, own.aside) == ("px", "G0463", "$120.00")
    assert hits.search("J0696", "px", practice.pk, ON)[0].aside == "no price"


@pytest.mark.django_db
def test_asking_for_diagnoses_finds_no_procedures_and_the_other_way_round() -> None:
    practice = builders.organization().pk
    assert {hit.kind for hit in hits.search("injection", "px", practice, ON)} <= {"px"}
    assert {hit.kind for hit in hits.search("diabetes", "dx", practice, ON)} == {"dx"}
    assert hits.search("zzzzqq", "", practice, ON) == ()


@pytest.mark.django_db
def test_the_detail_of_a_diagnosis_tells_path_notes_and_source() -> None:
    detail = hits.detail("J441", "dx", builders.organization().pk, ON)
    assert detail is not None
    assert detail.standing == "billable, valid on 18 Nov 2026"
    found = labels(detail)
    assert found["Path"][0].startswith("Chapter 10 › J40–J4")
    assert any("(at J44)" in line for line in found["Includes"])
    assert found["Source"][0].startswith("ICD-10-CM")


@pytest.mark.django_db
def test_the_detail_of_an_incomplete_code_offers_how_to_go_on() -> None:
    detail = hits.detail("M545", "dx", builders.organization().pk, ON)
    assert detail is not None
    assert detail.standing.startswith("incomplete")
    assert [choice.display for choice in detail.choices] == ["M54.50", "M54.51", "M54.59"]


@pytest.mark.django_db
def test_the_detail_of_a_procedure_tells_price_and_how_to_write_it() -> None:
    practice = builders.organization()
    builders.charge_item(practice, "G0463", 12_000)
    found = labels(hits.detail("G0463", "px", practice.pk, ON))
    assert found["Price"] == ("$120.00",)
    assert found["Write"][0] == "G0463-25 x2 >1,2"


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "kind"), [("XXXXX", "dx"), ("00000", "px"), ("", "dx"), ("", "")])
def test_there_is_no_detail_of_a_code_nobody_knows(code: str, kind: str) -> None:
    assert hits.detail(code, kind, builders.organization().pk, ON) is None
