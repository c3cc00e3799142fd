"""The readable document: its header, and its sections or the file inside it."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass

from charthouse.engines.cda.names import entity_name
from charthouse.engines.cda.narrative import plain_text
from charthouse.engines.cda.skips import Skips
from charthouse.engines.cda.values import (
    attribute,
    children,
    find,
    find_all,
    flat_text,
    identifiers,
    local_name,
    moment_of,
    text_inside,
)
from charthouse.engines.cda.xml import Element
from charthouse.kit import ChartDocument, ChartSection

_KINDS = {  # LOINC document types
    "18842-5": "discharge-summary",
    "11490-0": "discharge-summary",
    "34117-2": "history-and-physical",
    "11504-8": "operative-note",
    "28570-0": "procedure-note",
    "11506-3": "progress-note",
    "11488-4": "consultation",
    "57133-1": "referral-note",
    "57113-1": "referral-note",
    "18761-7": "transfer-summary",
    "18748-4": "imaging-report",
    "52521-2": "care-plan",
    "34111-5": "emergency-note",
    "34133-9": "continuity-of-care",
}
_LONGEST_TITLE = 200  # characters of one section title
_MOST_TITLES = 4  # titles shown for a nested section, innermost kept
_UNSTRUCTURED = "component/nonXMLBody/text"


def read_document(document: Element, sections: list[TitledSection], encounter_key: str, skips: Skips) -> ChartDocument:
    """The document with its narrative, or with the PDF or text that stands in its body."""
    own = identifiers(document)
    body = find(document, _UNSTRUCTURED)
    attachment = _pdf(body, skips)
    return ChartDocument(
        key=own[0].full if own else "document",
        title=flat_text(find(document, "title")) or attribute(find(document, "code"), "displayName") or "Document",
        kind=_KINDS.get(attribute(find(document, "code"), "code"), "document"),
        sections=_embedded_text(body) if body is not None else tuple(_section_texts(sections, skips)),
        encounter_key=encounter_key,
        author=_author(document),
        written_at=moment_of(attribute(find(document, "effectiveTime"), "value")),
        is_signed=_is_signed(document),
        attachment=attachment,
        attachment_type="application/pdf" if attachment else "",
    )


def _author(document: Element) -> str:
    entities = find_all(document, "author/assignedAuthor")
    entities.sort(key=lambda one: find(one, "assignedPerson") is None)
    return next((name for one in entities if (name := entity_name(one))), "")


def _is_signed(document: Element) -> bool:
    codes = find_all(document, "legalAuthenticator/signatureCode")
    return any(attribute(code, "code").upper() == "S" for code in codes)


@dataclass(frozen=True, slots=True)
class TitledSection:
    """A section with the titles of the sections around it and its own, outermost first."""

    element: Element
    title: str


def all_sections(document: Element) -> list[TitledSection]:
    """Sections of the body in reading order, each before the sections nested in it."""
    return [found for body in find_all(document, "component/structuredBody") for found in _sections_in(body, ())]


def _sections_in(element: Element, above: tuple[str, ...]) -> Iterator[TitledSection]:
    for name, child in children(element):
        if name == "section":
            own = flat_text(find(child, "title")) or attribute(find(child, "code"), "displayName")
            titles = above if not own or own in above else (*above, own[:_LONGEST_TITLE])
            yield TitledSection(child, " / ".join(titles[-_MOST_TITLES:]))
            yield from _sections_in(child, titles)
        elif name not in ("text", "entry"):
            yield from _sections_in(child, above)


def _section_texts(sections: list[TitledSection], skips: Skips) -> Iterator[ChartSection]:
    for section in sections:
        block = find(section.element, "text")
        text = "" if block is None else plain_text(block)
        if text:
            yield ChartSection(section.title, text)
        elif find(section.element, "component") is None:
            skips.add(f"section {section.title or 'without title'}", "an empty section", "it holds no narrative")


def _embedded_text(body: Element) -> tuple[ChartSection, ...]:
    media = attribute(body, "mediaType") or "text/plain"
    if media != "text/plain" or attribute(body, "compression"):
        return ()
    content = _content(body)
    lines = (content.decode("utf-8", "replace") if content is not None else "").splitlines()
    text = "\n".join(line.rstrip() for line in lines if line.strip())
    return (ChartSection("", text),) if text else ()


def _pdf(body: Element | None, skips: Skips) -> bytes | None:
    if body is None:
        return None
    media = attribute(body, "mediaType") or "text/plain"
    if find(body, "reference") is not None:
        skips.add("nonXMLBody", media, "it only points at a file that was not sent")
        return None
    if media != "application/pdf" or attribute(body, "compression"):
        if media != "text/plain":
            skips.add("nonXMLBody", media, "only PDF and plain text are taken")
        return None
    content = _content(body)
    if content is None or not content.startswith(b"%PDF-"):
        skips.add("nonXMLBody", media, "it is not a PDF in base64")
        return None
    return content


def _content(body: Element) -> bytes | None:
    written = text_inside(body)
    if attribute(body, "representation") != "B64":
        return written.encode("utf-8")
    try:
        return base64.b64decode("".join(written.split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def note_header_parts_left(document: Element, skips: Skips) -> None:
    """Note header elements that carry people or links the chart does not keep."""
    left = {"participant", "informant", "dataEnterer", "informationRecipient", "authenticator", "authorization"}
    for child in document:
        name = local_name(child)
        if name in left | {"relatedDocument", "inFulfillmentOf"}:
            skips.add("header", name, "a chart keeps only what coding and claims need")
