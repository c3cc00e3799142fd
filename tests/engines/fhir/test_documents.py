"""Documents that clinicians wrote: text, HTML and PDF attachments, compositions and reports."""

from __future__ import annotations

import base64
from datetime import UTC, date, datetime
from typing import Any

import pytest

from charthouse.kit import Chart, ChartDocument
from tests.engines.fhir.building import ENCOUNTER, chart, resource, told

PDF = b"%PDF-1.7 synthetic"


def encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()


def reference(*attachments: dict[str, Any], **fields: Any) -> dict[str, Any]:
    made = resource("DocumentReference", **fields, content=[{"attachment": one} for one in attachments])
    return {**made, "encounter": None, "context": {"encounter": [{"reference": "Encounter/e1"}]}}


def written(read: Chart) -> ChartDocument:
    return next(one for one in read.documents if one.kind != "encounter-summary")


def texts(document: ChartDocument) -> list[tuple[str, str]]:
    return [(section.title, section.text) for section in document.sections]


def test_plain_text_note() -> None:
    note = {"contentType": "text/plain; charset=utf-8", "data": encoded("First\r\n\r\nSécond\x07".encode())}
    document = written(
        chart(
            ENCOUNTER,
            reference(
                note,
                id="d1",
                docStatus="final",
                type={"text": "Progress note", "coding": [{"code": "11506-3"}]},
                author=[{"display": "Ines Okafor, MD"}],
                date="2026-09-01T14:10:00-05:00",
            ),
        )
    )
    assert texts(document) == [("", "First\nSécond")]
    assert (document.key, document.title, document.kind) == ("d1", "Progress note", "progress-note")
    assert (document.author, document.is_signed, document.encounter_key) == ("Ines Okafor, MD", True, "e1")
    assert document.written_at == datetime(2026, 9, 1, 19, 10, tzinfo=UTC)


def test_html_note_reads_as_text() -> None:
    note = {"contentType": "text/html", "data": encoded(b"<h1>Plan</h1><ul><li>Rest</li><li>Ice</li></ul>")}
    assert texts(written(chart(reference(note)))) == [("", "Plan\n• Rest\n• Ice")]


def test_pdf_in_a_binary_of_the_bundle() -> None:
    binary = {"resourceType": "Binary", "id": "b1", "contentType": "application/pdf", "data": encoded(PDF)}
    document = written(chart(reference({"url": "Binary/b1"}), binary))
    assert (document.attachment, document.attachment_type) == (PDF, "application/pdf")


def test_one_binary_fills_one_document() -> None:
    binary = {"resourceType": "Binary", "id": "b1", "contentType": "application/pdf", "data": encoded(PDF)}
    read = chart(reference({"url": "Binary/b1"}, id="a"), reference({"url": "Binary/b1"}, id="b"), binary)
    assert len(read.documents) == 1
    assert "1 DocumentReference" in told(read)


@pytest.mark.parametrize(
    "attachment",
    [
        {"contentType": "application/pdf", "data": "no base64!"},
        {"contentType": "application/pdf", "data": encoded(b"MZ")},
        {"contentType": "image/png", "data": encoded(b"\x89PNG")},
        {"contentType": "text/plain", "data": encoded(b"caf\xe9")},
        {"contentType": "application/pdf", "url": "http://127.0.0.1:9/x.pdf"},
        {},
    ],
)
def test_other_attachments_are_told(attachment: dict[str, str]) -> None:
    read = chart(reference(attachment))
    assert read.documents == ()
    assert "1 DocumentReference" in told(read)
    assert any(one.startswith("1 attachment") for one in told(read))


def test_composition_keeps_sections_in_order() -> None:
    composition = resource(
        "Composition",
        title="Discharge summary",
        status="final",
        date="2026-09-04",
        author=[{"display": "Ines Okafor, MD"}],
        section=[
            {"title": "Course", "text": {"div": "<div><p>Well.</p></div>"}, "section": [{"title": "Day 2"}]},
            {"title": "Plan", "section": [{"title": "Drugs", "text": {"div": "<div>None</div>"}}]},
        ],
    )
    document = written(chart(ENCOUNTER, composition))
    assert texts(document) == [("Course", "Well."), ("Plan / Drugs", "None")]
    assert (document.written_at, document.is_signed) == (date(2026, 9, 4), True)


def test_preliminary_documents_are_not_signed() -> None:
    composition = resource("Composition", status="preliminary", section=[{"text": {"div": "<p>x</p>"}}])
    assert not written(chart(composition)).is_signed
    note = {"contentType": "text/plain", "data": encoded(b"x")}
    assert not written(chart(reference(note, status="current"))).is_signed


def test_report_with_a_conclusion_is_a_document() -> None:
    observation = resource("Observation", id="o1", code={"text": "Sodium"}, valueQuantity={"value": 135})
    report = resource(
        "DiagnosticReport",
        code={"text": "Chest film"},
        status="final",
        conclusion="No acute finding.\n\nHeart normal.",
        result=[{"reference": "Observation/o1"}],
        presentedForm=[{"contentType": "application/pdf", "data": encoded(PDF)}],
    )
    document = written(chart(ENCOUNTER, observation, report))
    assert texts(document) == [("Conclusion", "No acute finding.\nHeart normal."), ("Results", "Sodium\t135")]
    assert (document.kind, document.title, document.attachment) == ("diagnostic-report", "Chest film", PDF)
