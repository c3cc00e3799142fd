"""The product's own plain-text intake takes every demo chart whole and reads what the test reader reads."""

from __future__ import annotations

from functools import cache

import pytest

from charthouse.engines.plaintext import read
from charthouse.kit import Chart, EncounterKind
from tests.sandbox.demo_files import PRACTICE, DemoChart, charts, gold

EVERY = pytest.mark.parametrize("demo", charts(), ids=lambda demo: demo.stem)


@cache
def _taken(stem: str) -> Chart:
    return read((PRACTICE / "charts" / f"{stem}.txt").read_bytes(), f"{stem}.txt")


@EVERY
def test_nothing_of_a_demo_chart_is_left_out(demo: DemoChart) -> None:
    assert _taken(demo.stem).skipped == ()


@EVERY
def test_the_patient_and_the_coverage_are_those_of_the_header(demo: DemoChart) -> None:
    taken, header = _taken(demo.stem), demo.header
    assert header["Patient"].startswith(f"{taken.patient.family_name}, {taken.patient.given_name}")
    assert (taken.patient.mrn, taken.patient.sex) == (header["MRN"], header["Sex"])
    assert taken.patient.birth_date is not None
    assert taken.patient.birth_date.isoformat() == header["Born"]
    (coverage,) = taken.coverages
    assert (coverage.payer_name, coverage.member_id) == (header["Payer"], header["Member"])


@EVERY
def test_the_encounter_is_that_of_the_header(demo: DemoChart) -> None:
    (encounter,) = _taken(demo.stem).encounters
    assert encounter.kind is EncounterKind(demo.header["Kind"])
    assert encounter.dates is not None
    assert (encounter.dates.start, encounter.dates.end) == (demo.first_day, demo.last_day)
    assert encounter.facility_name == demo.header["Facility"]
    assert (encounter.provider_name, encounter.provider_npi) == (demo.header["Provider"], demo.header["NPI"])
    assert encounter.disposition == demo.header.get("Disposition", "")


@EVERY
def test_the_documents_keep_their_authors_signatures_and_sections(demo: DemoChart) -> None:
    taken = _taken(demo.stem).documents
    assert [(one.title, one.author, one.is_signed) for one in taken] == [
        (one.title, one.author, one.is_signed) for one in demo.documents
    ]
    assert all(section.title and section.text for document in taken for section in document.sections)


@pytest.mark.parametrize("case", gold(), ids=lambda case: case["chart"])
def test_each_quote_of_the_gold_codes_stands_in_one_section(case: dict[str, dict[str, str]]) -> None:
    signed = [document for document in _taken(str(case["chart"])).documents if document.is_signed]
    texts = [section.text for document in signed for section in document.sections]
    assert [quote for quote in case["evidence"].values() if not any(quote in text for text in texts)] == []
