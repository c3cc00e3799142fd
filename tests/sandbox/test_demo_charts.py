"""The demo charts are complete, readable, invented and free of licensed codes."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from charthouse.kit import EncounterKind
from tests.sandbox.demo_files import CODE_LIKE, DemoChart, charts, has_npi_check_digit, practice

EVERY = pytest.mark.parametrize("chart", charts(), ids=lambda chart: chart.stem)
REQUIRED = [
    *("Patient", "MRN", "Born", "Sex", "Address", "City", "State", "ZIP", "Payer", "Member"),
    *("Encounter", "Kind", "Date", "Facility", "Provider", "NPI"),
]
# Which places of service a kind of chart may name.
PLACES = {
    "visit": {"11", "22"},
    "emergency": {"23"},
    "outpatient-surgery": {"22", "24"},
    "inpatient": {"21"},
    "observation": {"22"},
    "cardiology": {"11", "22"},
    "interventional-radiology": {"22"},
    "home-health": {"11"},
}


def test_there_are_charts_of_every_kind() -> None:
    kinds = Counter(chart.header["Kind"] for chart in charts())
    assert len(charts()) >= 14
    assert set(kinds) == set(PLACES)
    assert kinds["visit"] >= 4
    assert kinds["emergency"] >= 3
    for kind in ("cardiology", "interventional-radiology", "outpatient-surgery", "inpatient"):
        assert kinds[kind] >= 2, kind


def test_some_charts_have_several_documents_and_some_wait_for_a_signature() -> None:
    assert sum(len(chart.documents) > 1 for chart in charts()) >= 8
    assert sum(not document.is_signed for chart in charts() for document in chart.documents) >= 2


def test_no_two_charts_share_an_encounter_a_patient_or_a_member() -> None:
    for key in ("Encounter", "MRN", "Member", "Patient"):
        values = Counter(chart.header[key] for chart in charts())
        assert not [value for value, count in values.items() if count > 1], key


def test_two_charts_fall_in_the_code_year_before() -> None:
    before = [chart for chart in charts() if chart.last_day < date(2026, 10, 1)]
    assert len(before) >= 2


@EVERY
def test_the_header_is_complete_and_well_formed(chart: DemoChart) -> None:
    header = chart.header
    assert [key for key in header if key != "Disposition"] == REQUIRED
    assert re.fullmatch(r"[^,]+, \S+( \S+)?", header["Patient"])
    assert re.fullmatch(r"\d{3}-\d{3}-\d{2}", header["MRN"])
    assert header["Sex"] in ("F", "M")
    assert re.fullmatch(r"\d{5}(\d{4})?", header["ZIP"])
    assert re.fullmatch(r"HP-26-\d{5}", header["Encounter"])
    assert re.fullmatch(r"\d\d", header.get("Disposition", "01"))
    assert EncounterKind(header["Kind"])


@EVERY
def test_its_dates_are_in_the_demo_period(chart: DemoChart) -> None:
    born = date.fromisoformat(chart.header["Born"])
    assert date(1930, 1, 1) < born < chart.first_day
    assert chart.first_day <= chart.last_day <= date(2026, 11, 20)
    assert chart.first_day >= date(2026, 11, 2) or chart.last_day < date(2026, 10, 1)


@EVERY
def test_its_payer_provider_and_facility_are_the_practices_own(chart: DemoChart) -> None:
    header = chart.header
    providers = {f"{p['given_name']} {p['family_name']} {p['credential']}": p["npi"] for p in practice()["providers"]}
    facilities = {f["name"]: f["place_of_service"] for f in practice()["facilities"]}
    assert header["Payer"] in {payer["name"] for payer in practice()["payers"]}
    assert providers[header["Provider"]] == header["NPI"]
    assert has_npi_check_digit(header["NPI"])
    assert facilities[header["Facility"]] in PLACES[header["Kind"]]


@EVERY
def test_a_medicare_member_is_of_age(chart: DemoChart) -> None:
    if chart.header["Payer"] == "Bluewater Medicare":
        assert chart.first_day.year - date.fromisoformat(chart.header["Born"]).year >= 65


@EVERY
def test_its_main_note_has_the_length_of_a_dictated_note(chart: DemoChart) -> None:
    assert 200 <= chart.main_note.word_count <= 900


@EVERY
def test_its_provider_wrote_and_signed_something(chart: DemoChart) -> None:
    assert any(one.is_signed and one.author == chart.header["Provider"] for one in chart.documents)


@EVERY
def test_every_document_opens_with_a_heading_and_no_section_is_empty(chart: DemoChart) -> None:
    for document in chart.documents:
        headings = [bool(re.fullmatch(r"[A-Z][A-Z ,-]*:", line)) for line in document.lines]
        assert headings[0], document.title
        assert not headings[-1], document.title
        assert not any(a and b for a, b in pairwise(headings)), document.title
        assert all(line.strip() for line in document.lines), document.title


@EVERY
def test_its_documents_are_written_in_or_soon_after_the_encounter(chart: DemoChart) -> None:
    for document in chart.documents:
        written = document.written_at.date()
        assert (written - chart.first_day).days >= -7, document.title
        assert (written - chart.last_day).days <= 7, document.title


@EVERY
def test_its_documents_say_their_time_as_the_practices_clock_does(chart: DemoChart) -> None:
    clock = ZoneInfo(practice()["organization"]["time_zone"])
    for document in chart.documents:
        assert document.written_at.utcoffset() == document.written_at.astimezone(clock).utcoffset(), document.title


@EVERY
def test_its_text_holds_nothing_that_looks_like_a_procedure_code(chart: DemoChart) -> None:
    assert CODE_LIKE.findall(chart.text) == []
    assert re.findall(r"\b[A-Z]\d{4}\b", chart.text) == []
    assert re.findall(r"\b[A-TV-Z]\d[0-9A-Z]\.\w+", chart.text) == []


@EVERY
def test_its_phone_numbers_are_invented(chart: DemoChart) -> None:
    assert all(number.startswith("555-01") for number in re.findall(r"\b\d{3}-\d{4}\b", chart.text))


@EVERY
def test_it_is_plain_ascii(chart: DemoChart) -> None:
    assert chart.text.isascii()
    assert "".join(chart.header.values()).isascii()
