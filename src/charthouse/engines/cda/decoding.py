"""Bytes of an XML file to text, by byte order mark or declaration; only encodings that clinical systems send."""

from __future__ import annotations

import codecs
import re

from charthouse.kit import Refusal, Refused

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UNMARKED_UTF16 = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))
_ACCEPTED = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "iso-8859-1": "latin-1",
    "latin1": "latin-1",
    "windows-1252": "cp1252",
}
_DECLARED = re.compile(rb"""\s{0,99}<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_DECLARATION = re.compile(r"\s{0,99}<\?xml\s[^>]{0,300}\?>")


def decode(data: bytes, source_name: str) -> str:
    """Text of the file with its XML declaration blanked; Refused for an encoding not accepted or bytes outside it."""
    encoding, start = _encoding(data, source_name)
    try:
        text = data[start:].decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused(
            Refusal(
                source_name,
                f"byte {start + error.start}",
                "intake.wrong-encoding",
                f"The file says it is {encoding}, and the byte here is not.",
                "Export it again as UTF-8.",
            )
        ) from None
    declaration = _DECLARATION.match(text)
    # Blanked, not cut: places in messages stay those of the file.
    return text if declaration is None else " " * declaration.end() + text[declaration.end() :]


def _encoding(data: bytes, source_name: str) -> tuple[str, int]:
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise _not_accepted(source_name, "UTF-32")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding, len(mark)
    for beginning, encoding in _UNMARKED_UTF16:
        if data.startswith(beginning):
            return encoding, 0
    declared = _DECLARED.match(data)
    name = declared.group(1).decode("ascii").lower() if declared else "utf-8"
    if name not in _ACCEPTED:
        raise _not_accepted(source_name, name)
    return _ACCEPTED[name], 0


def _not_accepted(source_name: str, name: str) -> Refused:
    return Refused(
        Refusal(
            source_name,
            "byte 0",
            "intake.wrong-encoding",
            f"The encoding {name} is not accepted for XML.",
            "Export it again as UTF-8.",
        )
    )
