"""HL7 v3 data types: times at every precision, intervals, identifiers and NPIs; null flavours read as absent."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charthouse.engines.cda.names import entity_name, person_name
from charthouse.engines.cda.values import day_of, identifiers, moment_of, npi_of, span_of
from charthouse.engines.cda.xml import Element, safe_parse


def element(inside: str) -> Element:
    return safe_parse(f'<x xmlns="urn:hl7-org:v3">{inside}</x>'.encode(), "x.xml")


@given(st.dates(date(1000, 1, 1)))
def test_every_day_reads_back(day: date) -> None:
    assert day_of(day.strftime("%Y%m%d")) == day
    assert day_of(day.isoformat()) == day


@given(st.datetimes(timezones=st.just(UTC)).filter(lambda one: 1900 < one.year < 2100), st.integers(-48, 56))
def test_every_moment_with_an_offset_reads_back_in_utc(clock: datetime, quarters: int) -> None:
    sign, minutes = "-" if quarters < 0 else "+", abs(quarters) * 15
    written = f"{clock:%Y%m%d%H%M%S}{sign}{minutes // 60:02}{minutes % 60:02}"
    moment = moment_of(written)
    assert isinstance(moment, datetime)
    assert moment.tzinfo is UTC
    shift = moment - clock.replace(microsecond=0)
    assert shift.total_seconds() == -quarters * 15 * 60


@pytest.mark.parametrize(
    "text",
    ["", "x", "2026", "202601", "20261301", "20260230", "00000101", "２０２６０１０１", "20260101T", "2026010199"],
)
def test_no_time_ever_raises(text: str) -> None:
    assert day_of(text) is None or moment_of(text) == day_of(text)


@given(st.text(max_size=30))
def test_any_text_is_a_time_or_not(text: str) -> None:
    assert moment_of(text) is None or day_of(text) is not None


def test_offset_at_the_edge_of_time_keeps_the_day() -> None:
    assert moment_of("00010101000000+1400") == date(1, 1, 1)


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ('<low value="20260901"/><high value="20260904"/>', (date(2026, 9, 1), date(2026, 9, 4))),
        ('<low value="20260901"/>', (date(2026, 9, 1), None)),
        ('<high value="20260904"/>', (date(2026, 9, 4), date(2026, 9, 4))),
        ('<low nullFlavor="UNK"/><high nullFlavor="UNK"/>', (None, None)),
        ("", (None, None)),
    ],
)
def test_intervals(time: str, expected: tuple[date | None, date | None]) -> None:
    assert span_of(element(time)) == expected


def test_point_in_time_is_a_one_day_interval() -> None:
    assert span_of(safe_parse(b'<t value="202609011200"/>', "x.xml")) == (date(2026, 9, 1), date(2026, 9, 1))
    assert span_of(None) == (None, None)


def test_identifiers_without_a_value_do_not_count() -> None:
    found = identifiers(element('<id nullFlavor="NI"/><id root="1.2"/><id root="1.3" extension=" A1 "/>'))
    assert [(one.value, one.full) for one in found] == [("1.2", "1.2"), ("A1", "1.3^A1")]


@pytest.mark.parametrize(
    ("root", "extension", "npi"),
    [
        ("2.16.840.1.113883.4.6", "1234567893", "1234567893"),
        ("2.16.840.1.113883.4.6", "123456789", ""),
        ("2.16.840.1.113883.4.6", "123456789X", ""),
        ("1.2.3", "1234567893", ""),
    ],
)
def test_npi(root: str, extension: str, npi: str) -> None:
    assert npi_of(element(f'<id root="{root}" extension="{extension}"/>')) == npi


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("<given>Ines</given><family>Okafor</family>", "Ines Okafor"),
        ("<prefix>Dr.</prefix><given>Ines</given><given>M</given><family>Okafor</family>", "Dr. Ines M Okafor"),
        ("<given>Ines</given><family>Okafor</family><suffix>MD</suffix>", "Ines Okafor, MD"),
        ("<given>Ines</given><given nullFlavor='UNK'/><family>Okafor</family>", "Ines Okafor"),
        ("Ines Okafor", "Ines Okafor"),
        ("Okafor", "Okafor"),
        ("", ""),
    ],
)
def test_names_in_reading_order(name: str, shown: str) -> None:
    assert person_name(element(f"<name>{name}</name>")).display == shown


def test_entity_without_a_person_goes_by_its_organization() -> None:
    organization = "<representedOrganization><name>North Clinic</name></representedOrganization>"
    nobody = '<assignedPerson><name nullFlavor="UNK"/></assignedPerson>'
    assert entity_name(element(nobody + organization)) == "North Clinic"
    assert entity_name(None) == ""
