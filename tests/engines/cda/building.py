"""Small C-CDA documents for tests, put together from the part a test is about."""

from __future__ import annotations

from charthouse.engines.cda import read
from charthouse.kit import Chart

HEADER = '<id root="2.16.840.1.113883.19.5" extension="D1"/><code code="11506-3"/><title>Progress note</title>'
ROLE = (
    '<id root="1.2.3" extension="M100"/>'
    '<patient><name use="L"><given>Ada</given><family>Whitfield</family></name>'
    '<administrativeGenderCode code="F"/><birthTime value="19610409"/></patient>'
)


def document(body: str = "", header: str = HEADER, role: str = ROLE) -> bytes:
    """A whole document: `role` is the inside of patientRole, `body` the inside of structuredBody."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{header}<recordTarget><patientRole>{role}</patientRole></recordTarget>"
        f"<component><structuredBody>{body}</structuredBody></component></ClinicalDocument>"
    ).encode()


def section(inside: str, code: str = "10164-2", title: str = "Story") -> str:
    """One section as a component of the body."""
    return f'<component><section><code code="{code}"/><title>{title}</title>{inside}</section></component>'


def chart(body: str = "", header: str = HEADER, role: str = ROLE) -> Chart:
    """The chart read from such a document."""
    return read(document(body, header, role), "test.xml")


def narrative_text(narrative: str) -> str:
    """What the text of one section reads as."""
    sections = chart(section(f"<text>{narrative}</text>")).documents[0].sections
    return sections[0].text if sections else ""
