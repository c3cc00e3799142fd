"""Which engine a file is for, told by its first bytes and never by its name."""

from __future__ import annotations

import codecs
import re
from typing import Literal

from charthouse.kit import Refusal, Refused

Format = Literal["cda", "fhir", "plaintext"]

_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP or an Office document"),
    (b"\x1f\x8b", "a gzip file"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"MSH|", "an HL7 v2 message"),
    (b"ISA*", "an X12 interchange"),
)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UNMARKED_UTF16 = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))
_BEFORE_ROOT = re.compile(r"\s*(?:<\?[^>]*>|<!--|<!DOCTYPE[^>\[]*)", re.IGNORECASE)
_ROOT = re.compile(r"\s*<(?:[\w.-]+:)?([\w.-]+)")
_RESOURCE_TYPE = re.compile(r'"resourceType"\s*:\s*"[A-Za-z]+"')
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def sniff(head: bytes, name: str) -> Format:
    """The format of a file by its first bytes (4 kB will do); Refused with what it seems to be when it is not ours."""
    if not head.strip():
        raise _refused(name, "The file is empty.")
    for signature, what in _SIGNATURES:
        if head.startswith(signature):
            raise _refused(name, f"It seems to be {what}.")
    text = _text(head).lstrip()
    if text.startswith("<"):
        return _xml(text, name)
    if text.startswith(("{", "[")):
        return _json(text, name)
    if _CONTROLS.search(text):
        raise _refused(name, "It seems to be a binary file.")
    return "plaintext"


def _text(head: bytes) -> str:
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace")
    for beginning, encoding in _UNMARKED_UTF16:
        if head.startswith(beginning):
            return head.decode(encoding, "replace")
    return head.decode("utf-8", "replace")


def _xml(text: str, name: str) -> Format:
    position = 0
    while before := _BEFORE_ROOT.match(text, position):
        position = before.end()
        if before.group().endswith("<!--"):
            end = text.find("-->", position)
            position = len(text) if end < 0 else end + 3
        elif "!DOCTYPE" in before.group().upper():
            # The engine refuses it with its place; here it only matters what it was meant to be.
            root = before.group().split()[1:2]
            return _known_root(root[0] if root else "", name)
    root_tag = _ROOT.match(text, position)
    return _known_root(root_tag.group(1), name) if root_tag else "cda"


def _known_root(root: str, name: str) -> Format:
    if root == "ClinicalDocument":
        return "cda"
    what = "a web page" if root.lower() == "html" else f"XML of another kind ({root[:40] or 'no root element'})"
    raise _refused(name, f"It seems to be {what}, not a C-CDA document.")


def _json(text: str, name: str) -> Format:
    if text.startswith("{") and _RESOURCE_TYPE.search(text):
        return "fhir"
    what = "a JSON list" if text.startswith("[") else "JSON without a resourceType near its beginning"
    raise _refused(name, f"It seems to be {what}, not FHIR.")


def _refused(name: str, message: str) -> Refused:
    mend = "Send a C-CDA document, a FHIR R4 bundle or a text note with a header block."
    return Refused(Refusal(name, "byte 0", "intake.unknown-format", message, mend))
