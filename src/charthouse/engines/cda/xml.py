"""The one hardened door for XML: no DTD, no entities, no XInclude, no network; bounded size, depth and tags."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from charthouse.engines.cda.decoding import decode
from charthouse.engines.cda.limits import MAX_BYTES, MAX_DEPTH, MAX_TAGS
from charthouse.kit import Refusal, Refused

Element = etree._Element  # lxml gives its element type no public name

_MARKUP_DECLARATION = re.compile(r"<!(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)")
_TOO_DEEP = etree.XPath("/*" * (MAX_DEPTH + 1))
_XINCLUDE = "{http://www.w3.org/2001/XInclude}*"


def safe_parse(data: bytes, source_name: str) -> Element:
    """Root of the file without comments and processing instructions; Refused for anything unsafe or malformed."""
    _check_size(data, source_name)
    text = decode(data, source_name)
    _check_text(text, source_name)
    root = _parse(text, source_name)
    _check_tree(root, text, source_name)
    return root


def _check_size(data: bytes, source_name: str) -> None:
    if not data.strip():
        raise _refused(source_name, "byte 0", "intake.empty", "The file is empty.", "Send the file again.")
    if len(data) > MAX_BYTES:
        message = f"The file is larger than {MAX_BYTES // 1024 // 1024} MB."
        raise _refused(source_name, f"byte {MAX_BYTES}", "intake.too-large", message, "Send fewer documents at once.")


def _check_text(text: str, source_name: str) -> None:
    # Before the parser sees anything: what libxml2 is never shown, it cannot expand.
    if text.count("<") > MAX_TAGS:
        message = f"The file holds more than {MAX_TAGS:,} tags."
        raise _refused(source_name, "", "cda.too-many-tags", message, "Send fewer documents at once.")
    if found := _MARKUP_DECLARATION.search(text):
        message = f"The file declares a {found.group(1).upper()}; document types and entities are never accepted."
        raise _refused(source_name, _place(text, found.start()), "cda.doctype", message, "Export it without a DTD.")


def _parse(text: str, source_name: str) -> Element:
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        # Encoded anew, so that the parser reads exactly the text that was checked.
        return etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        raise _malformed(error, source_name) from None


def _malformed(error: etree.XMLSyntaxError, source_name: str) -> Refused:
    line, column = error.position
    place = f"{line}:{column}"
    if "depth" in str(error):
        return _too_deep(source_name, place)
    # Only the kind of error is told: libxml2's own words may quote the chart.
    log: Any = error.error_log
    kind = log.last_error.type_name.removeprefix("ERR_").replace("_", " ").lower() if log.last_error else "no reason"
    message = f"The XML is not well formed: {kind}."
    return _refused(source_name, place, "cda.malformed", message, "Export it again; it may have been cut short.")


def _check_tree(root: Element, text: str, source_name: str) -> None:
    deep = _TOO_DEEP(root)
    if isinstance(deep, list) and deep:
        first = deep[0]
        raise _too_deep(source_name, f"{first.sourceline}:1" if isinstance(first, etree._Element) else "")
    include = next(root.iter(_XINCLUDE), None)
    if include is not None:
        name = f"<{include.prefix}:" if include.prefix else f"<{etree.QName(include).localname}"
        message = "The file asks to include another file (XInclude), which is never done."
        place = _place(text, max(text.find(name), 0))
        raise _refused(source_name, place, "cda.xinclude", message, "Export it with its content inside.")


def _too_deep(source_name: str, place: str) -> Refused:
    message = f"Elements are nested deeper than {MAX_DEPTH}."
    return _refused(source_name, place, "cda.too-deep", message, "Export it again; no clinical document is that deep.")


def _place(text: str, index: int) -> str:
    line_start = text.rfind("\n", 0, index) + 1
    return f"{text.count(chr(10), 0, index) + 1}:{index - line_start + 1}"


def _refused(source_name: str, place: str, rule: str, message: str, mend: str) -> Refused:
    return Refused(Refusal(source_name, place, rule, message, mend))
