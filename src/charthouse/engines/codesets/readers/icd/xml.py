"""What the XML readers share: the version an official file names, and faults with their line."""

from __future__ import annotations

import re

from lxml import etree

from charthouse.engines.codesets.loading.faults import Faults


def version_in(head: bytes) -> str:
    """The text of the version element, empty when there is none near the start."""
    found = re.search(rb"<version>\s*([^<]{1,60}?)\s*</version>", head)
    return found[1].decode("utf-8", "replace") if found else ""


def year_of(text: str) -> int:
    """The year a version or a name speaks of, 0 when none."""
    found = re.search(r"(20[1-9][0-9])", text)
    return int(found[1]) if found else 0


def refuse_xml(error: etree.XMLSyntaxError, faults: Faults) -> None:
    """Note where the XML is broken, and refuse."""
    faults.add("xml", "The XML is broken or cut off here.", line=error.lineno or 0, value=str(error.msg or "")[:60])
    faults.settle()


def refuse_declarations(head: bytes, faults: Faults) -> None:
    """Official files declare no document type; one that does may unfold into anything."""
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        line = head[: head.index(b"<!")].count(b"\n") + 1
        faults.add("xml", "The file declares a document type, which official files never do.", line=line)
        faults.settle()
