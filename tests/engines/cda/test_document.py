"""The readable document: title, kind, author, time, signature, and what stands in an unstructured body."""

from __future__ import annotations

import base64
from datetime import UTC, date, datetime

import pytest

from charthouse.engines.cda import read
from charthouse.kit import Chart, ChartDocument
from tests.engines.cda.building import HEADER, chart, document


def made(header: str) -> ChartDocument:
    return chart(header=HEADER + header).documents[0]


def unstructured(text: str) -> Chart:
    whole = document().decode().replace("<structuredBody></structuredBody>", f"<nonXMLBody>{text}</nonXMLBody>")
    return read(whole.encode(), "test.xml")


def test_key_title_and_kind() -> None:
    one = made("")
    assert (one.key, one.title, one.kind) == ("2.16.840.1.113883.19.5^D1", "Progress note", "progress-note")


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("20260901143000-0500", datetime(2026, 9, 1, 19, 30, tzinfo=UTC)),
        ("202609011430+0000", datetime(2026, 9, 1, 14, 30, tzinfo=UTC)),
        ("20260901143000.5-0500", datetime(2026, 9, 1, 19, 30, tzinfo=UTC)),
        ("20260901143000", date(2026, 9, 1)),  # a clock without a zone is not guessed
        ("20260901", date(2026, 9, 1)),
        ("20260901256199-0500", date(2026, 9, 1)),
        ("202609", None),
        ("", None),
    ],
)
def test_time_of_writing(written: str, moment: datetime | date | None) -> None:
    assert made(f'<effectiveTime value="{written}"/>').written_at == moment


def test_signed_only_with_a_legal_authenticator() -> None:
    assert not made("").is_signed
    assert not made("<authenticator><signatureCode code='S'/></authenticator>").is_signed
    assert made("<legalAuthenticator><signatureCode code='S'/></legalAuthenticator>").is_signed


def by(entity: str) -> str:
    return f"<author><assignedAuthor>{entity}</assignedAuthor></author>"


def test_author_is_a_person_before_a_device() -> None:
    device = by("<assignedAuthoringDevice><softwareName>EHR 2</softwareName></assignedAuthoringDevice>")
    person = by("<assignedPerson><name><given>Ines</given><family>Okafor</family></name></assignedPerson>")
    assert made(device + person).author == "Ines Okafor"
    assert made(device).author == "EHR 2"
    assert made("").author == ""


def test_pdf_in_the_body_is_an_attachment() -> None:
    pdf = b"%PDF-1.5 synthetic"
    text = f'<text mediaType="application/pdf" representation="B64">{base64.b64encode(pdf).decode()}</text>'
    one = unstructured(text).documents[0]
    assert (one.attachment, one.attachment_type, one.sections) == (pdf, "application/pdf", ())


def test_plain_text_in_the_body_is_a_section() -> None:
    written = base64.b64encode(b"First line\n\nSecond line").decode()
    for text in (
        "<text>First line\n\nSecond line</text>",
        f'<text mediaType="text/plain" representation="B64">{written}</text>',
    ):
        assert unstructured(text).documents[0].sections[0].text == "First line\nSecond line"


@pytest.mark.parametrize(
    "text",
    [
        '<text mediaType="application/pdf" representation="B64">not base64!</text>',
        '<text mediaType="application/pdf" representation="B64">TVo=</text>',
        '<text mediaType="image/tiff" representation="B64">AAAA</text>',
        '<text mediaType="application/pdf"><reference value="file:///etc/passwd"/></text>',
    ],
    ids=["not base64", "not a pdf", "picture", "reference"],
)
def test_other_bodies_are_told_as_skipped(text: str) -> None:
    one = unstructured(text)
    assert one.documents[0].attachment is None
    assert any(skipped.place == "nonXMLBody" for skipped in one.skipped)


def test_header_people_left_out_are_told() -> None:
    one = chart(header=HEADER + "<informant/><informant/><participant/>")
    assert {"informant (2 times)", "participant"} <= {skipped.what for skipped in one.skipped}
