"""The encounter of a document: where its number, dates, kind, place and provider come from."""

from __future__ import annotations

import pytest

from charthouse.kit import ChartEncounter, EncounterKind
from tests.engines.cda.building import HEADER, chart, section


def encounter(inside: str, header: str = HEADER, body: str = "") -> ChartEncounter:
    outer = f"<componentOf><encompassingEncounter>{inside}</encompassingEncounter></componentOf>" if inside else ""
    return chart(body, header + outer).encounters[0]


def days(read: ChartEncounter) -> tuple[str, str]:
    assert read.dates is not None
    return str(read.dates.start), str(read.dates.end)


def service_event(time: str) -> str:
    inside = f"<serviceEvent><effectiveTime>{time}</effectiveTime></serviceEvent>"
    return f"<documentationOf>{inside}</documentationOf>"


def test_number_is_the_visit_number_else_the_document() -> None:
    assert encounter('<id root="1.2" extension="V7"/>').key == "V7"
    assert encounter("").key == "2.16.840.1.113883.19.5^D1"


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ('<low value="20260901"/><high value="20260904"/>', ("2026-09-01", "2026-09-04")),
        ('<low value="202609012350-0500"/><high nullFlavor="NI"/>', ("2026-09-01", "2026-09-01")),
        ('<high value="20260904"/>', ("2026-09-04", "2026-09-04")),
        ('<low value="20260904"/><high value="20260901"/>', ("2026-09-04", "2026-09-04")),
    ],
)
def test_dates_of_the_encounter(time: str, expected: tuple[str, str]) -> None:
    assert days(encounter(f"<effectiveTime>{time}</effectiveTime>")) == expected


def test_dates_fall_back_to_the_service_event_then_to_the_document() -> None:
    written = '<effectiveTime value="20260910"/>'
    event = service_event("<low value='20260905'/>")
    assert days(encounter("", HEADER + written + event)) == ("2026-09-05", "2026-09-05")
    assert days(encounter("", HEADER + written)) == ("2026-09-10", "2026-09-10")
    assert encounter("").dates is None


def test_a_life_long_service_event_is_not_an_encounter() -> None:
    span = service_event("<low value='19750501'/><high value='20260101'/>")
    read = chart(header=f"{HEADER}<effectiveTime value='20260910'/>{span}")
    assert days(read.encounters[0]) == ("2026-09-10", "2026-09-10")
    assert any("too long" in one.why for one in read.skipped)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("AMB", EncounterKind.VISIT),
        ("EMER", EncounterKind.EMERGENCY),
        ("IMP", EncounterKind.INPATIENT),
        ("OBSENC", EncounterKind.OBSERVATION),
        ("SS", EncounterKind.OUTPATIENT_SURGERY),
        ("HH", EncounterKind.HOME_HEALTH),
    ],
)
def test_kind_by_encounter_code(code: str, kind: EncounterKind) -> None:
    assert encounter(f'<code code="{code}"/>').kind is kind
    assert encounter(f'<code code="G0463"><translation code="{code}"/></code>').kind is kind


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("18842-5", EncounterKind.INPATIENT),
        ("11504-8", EncounterKind.OUTPATIENT_SURGERY),
        ("34111-5", EncounterKind.EMERGENCY),
        ("11506-3", EncounterKind.VISIT),
    ],
)
def test_kind_by_document_code(code: str, kind: EncounterKind) -> None:
    assert encounter("", f'<id root="1"/><code code="{code}"/>').kind is kind


def test_kind_by_a_hospital_section() -> None:
    assert encounter("", body=section("<text>Well.</text>", code="8648-8")).kind is EncounterKind.INPATIENT


def test_stay_with_a_disposition_is_inpatient() -> None:
    stay = (
        "<effectiveTime><low value='20260901'/><high value='20260904'/></effectiveTime>"
        "<dischargeDispositionCode code='01' displayName='Home'/>"
    )
    read = encounter(stay)
    assert (read.kind, read.disposition) == (EncounterKind.INPATIENT, "Home")


def test_place_and_attending_provider() -> None:
    read = encounter(
        "<responsibleParty><assignedEntity><assignedPerson><name><given>Other</given><family>One</family></name>"
        "</assignedPerson></assignedEntity></responsibleParty>"
        "<encounterParticipant typeCode='ATND'><assignedEntity>"
        "<id root='2.16.840.1.113883.4.6' extension='1234567893'/>"
        "<assignedPerson><name><given>Ines</given><family>Okafor</family><suffix>MD</suffix></name></assignedPerson>"
        "</assignedEntity></encounterParticipant>"
        "<location><healthCareFacility><location><name>North Clinic</name></location></healthCareFacility></location>"
    )
    assert (read.provider_name, read.provider_npi, read.facility_name) == (
        "Ines Okafor, MD",
        "1234567893",
        "North Clinic",
    )


def test_number_that_is_no_npi_is_left_out() -> None:
    read = encounter(
        "<responsibleParty><assignedEntity><id root='2.16.840.1.113883.4.6' extension='12'/>"
        "<assignedPerson><name>Ines Okafor</name></assignedPerson></assignedEntity></responsibleParty>"
    )
    assert (read.provider_name, read.provider_npi) == ("Ines Okafor", "")


def test_sentence_long_code_names_are_no_titles() -> None:
    assert encounter(f'<code code="X" displayName="{"long " * 30}"/>').title == "Progress note"
    assert encounter('<code code="X" displayName="Office visit"/>').title == "Office visit"
