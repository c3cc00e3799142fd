"""Attachments: text, HTML or PDF, inline or in a Binary of the same bundle."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from charthouse.engines.fhir.access import Resource, raw_string, string
from charthouse.engines.fhir.bundle import Bundle
from charthouse.engines.fhir.html import html_text
from charthouse.engines.fhir.skips import Skips
from charthouse.kit import ChartSection

PDF = "application/pdf"
_NO_CONTENT = "its content is not in the file, is not base64, or stands in another document already"
_HTML = {"text/html", "application/xhtml+xml"}


@dataclass(frozen=True, slots=True)
class Content:
    """What came out of attachments: readable sections and at most one PDF."""

    sections: tuple[ChartSection, ...] = ()
    pdf: bytes | None = None


def read_attachments(
    attachments: list[Resource], holder: Resource, place: str, bundle: Bundle, skips: Skips
) -> Content:
    """Text and PDF of all attachments of one document; what is neither is noted."""
    sections: list[ChartSection] = []
    pdf: bytes | None = None
    for attachment in attachments:
        kind, data = _bytes(attachment, holder, bundle)
        if data is None:
            skips.add(
                place,
                f"attachment ({kind or 'unknown type'})",
                "its content is not in the file, not base64, or stands in another document",
            )
        elif kind == PDF and data.startswith(b"%PDF-") and pdf is None:
            pdf = data
        elif text := _text(kind, data):
            sections.append(ChartSection(string(attachment, "title"), text))
        else:
            skips.add(place, f"attachment ({kind or 'unknown type'})", "only text, HTML and one PDF are taken")
    return Content(tuple(sections), pdf)


def _bytes(attachment: Resource, holder: Resource, bundle: Bundle) -> tuple[str, bytes | None]:
    kind, written = string(attachment, "contentType"), raw_string(attachment, "data")
    binary = None if written else bundle.follow({"reference": string(attachment, "url")}, holder)
    if binary is not None and bundle.claim(binary):
        kind = kind or string(binary.resource, "contentType")
        written = raw_string(binary.resource, "data")
    return kind.partition(";")[0].strip().lower(), _decode(written)


def _decode(written: str) -> bytes | None:
    try:
        return base64.b64decode("".join(written.split()), validate=True) or None
    except (binascii.Error, ValueError):
        return None


def _text(kind: str, data: bytes) -> str:
    if kind not in _HTML and kind != "text/plain":
        return ""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
    return html_text(text) if kind in _HTML else plain_lines(text)


def plain_lines(text: str) -> str:
    """Text without control characters and empty lines."""
    kept = ("".join(one for one in line if one == "\t" or one >= " ").rstrip() for line in text.splitlines())
    return "\n".join(line for line in kept if line.strip())
