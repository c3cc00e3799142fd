"""A note in the format is read whole: patient, coverage, encounter, documents and sections."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from charthouse.engines.plaintext import read
from charthouse.kit import ChartCoverage, EncounterKind, Sex
from tests.engines.plaintext.building import NOTE, changed

CHART = read(NOTE.encode(), "note.txt")


def test_patient() -> None:
    patient = CHART.patient
    assert (patient.family_name, patient.given_name, patient.middle_name) == ("Whitfield", "Ada", "Jane")
    assert (patient.mrn, patient.mrn_authority) == ("104477", "Harbor Point Hospital")
    assert (patient.birth_date, patient.sex) == (date(1961, 4, 9), Sex.FEMALE)
    assert (patient.address_line, patient.city, patient.state, patient.postal_code) == (
        *("12 Quay Street", "Harbor Point"),
        *("ME", "04101"),
    )


def test_coverage() -> None:
    assert CHART.coverages == (ChartCoverage("Northwind Health Plan", "NW5520817"),)
    without = changed("Payer", "").decode().replace("Member: NW5520817\n", "").encode()
    assert read(without, "note.txt").coverages == ()


def test_encounter() -> None:
    (encounter,) = CHART.encounters
    assert (encounter.key, encounter.kind, encounter.disposition) == ("V-20061", EncounterKind.INPATIENT, "home")
    assert encounter.dates is not None
    assert (encounter.dates.start, encounter.dates.end) == (date(2026, 11, 14), date(2026, 11, 18))
    assert (encounter.provider_name, encounter.provider_npi) == ("Ines Okafor, MD", "1234567893")


def test_single_day() -> None:
    dates = read(changed("Date", "Date: 2026-11-18"), "note.txt").encounters[0].dates
    assert dates is not None
    assert dates.is_single_day


def test_documents() -> None:
    first, second = CHART.documents
    assert (first.title, first.kind, first.author) == ("Discharge summary", "discharge-summary", "Ines Okafor, MD")
    assert (first.is_signed, second.is_signed) == (True, False)
    assert first.written_at == datetime(2026, 11, 18, 14, 10, tzinfo=UTC)
    assert second.written_at == datetime(2026, 11, 15, 13, 0, tzinfo=UTC)
    assert [one.key for one in CHART.documents] == ["V-20061#1", "V-20061#2"]
    assert {one.encounter_key for one in CHART.documents} == {"V-20061"}


def test_sections() -> None:
    assert [(section.title, section.text) for section in CHART.documents[0].sections] == [
        ("", "Dictated at the bedside."),
        ("HOSPITAL COURSE", "She was admitted with fever.\nOn day 2 she walked.\nDrug\tDose"),
        ("LABS & IMAGING (LAST DAY)", "Clear."),
    ]


@pytest.mark.parametrize("line", ["Plan: rest.", "Plan:", "HPI: pain", "NOTE", "2 PILLS:"])
def test_lines_that_are_no_headings_stay_text(line: str) -> None:
    text = NOTE.replace("Slept well.", line)
    assert read(text.encode(), "note.txt").documents[1].sections[0].text == line


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end(end: str) -> None:
    assert read(NOTE.replace("\n", end).encode(), "note.txt").documents == CHART.documents


def test_unknown_header_is_told_with_its_line() -> None:
    read_chart = read(f"Colour: blue\n{NOTE}".encode(), "note.txt")
    assert [(one.place, one.what) for one in read_chart.skipped] == [("line 1", "header Colour")]


def test_markup_is_kept_as_the_text_it_is() -> None:
    text = NOTE.replace("Slept well.", "<script>alert(1)</script> BP < 120")
    assert read(text.encode(), "note.txt").documents[1].sections[0].text == "<script>alert(1)</script> BP < 120"
