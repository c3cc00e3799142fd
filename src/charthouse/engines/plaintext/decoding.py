"""Bytes to text: UTF-8 always, Windows-1252 only where the header block says so, never a guess."""

from __future__ import annotations

import codecs
import re

from charthouse.kit import Refusal, Refused

MAX_BYTES = 32 * 1024 * 1024
MAX_LINES = 200_000
_CHARSETS = {"utf-8": "utf-8", "windows-1252": "cp1252", "cp1252": "cp1252"}
_DECLARED = re.compile(rb"^Charset:[ \t]*([A-Za-z0-9_-]{1,40})[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)
_HEADER_END = re.compile(rb"\r?\n[ \t]*\r?\n")
_HEADER_REACH = 16_384  # bytes in which the header block must end for its Charset to count
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def decode(data: bytes, source_name: str) -> str:
    """Text with line feeds only; Refused when empty, too large, binary, or not in the encoding it says."""
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        raise _refused(source_name, "byte 0", "intake.empty", "The file is empty.", "Send the file again.")
    if len(data) > MAX_BYTES:
        message = f"The file is larger than {MAX_BYTES // 1024 // 1024} MB."
        raise _refused(source_name, f"byte {MAX_BYTES}", "intake.too-large", message, "Split it.")
    text = _text(data, source_name)
    if found := _BINARY.search(text):
        place = f"byte {len(text[: found.start()].encode())}"
        message = "There is a control character here, so this is not plain text."
        raise _refused(source_name, place, "plaintext.binary", message, "Send a text file.")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():  # blanks that only Unicode knows
        raise _refused(source_name, "byte 0", "intake.empty", "The file is empty.", "Send the file again.")
    if text.count("\n") > MAX_LINES:
        message = f"The file has more than {MAX_LINES:,} lines."
        raise _refused(source_name, f"line {MAX_LINES + 1}", "plaintext.too-many-lines", message, "Split it.")
    return text


def _text(data: bytes, source_name: str) -> str:
    start = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    encoding = _declared(data, source_name)
    try:
        return data[start:].decode(encoding)
    except UnicodeDecodeError as error:
        message = f"The byte here is not {encoding.upper()}."
        mend = "Save the file as UTF-8, or write 'Charset: windows-1252' in its header block if that is what it is."
        place = f"byte {start + error.start}"
        raise _refused(source_name, place, "intake.wrong-encoding", message, mend) from None


def _declared(data: bytes, source_name: str) -> str:
    reach = data[:_HEADER_REACH].lstrip()
    end = _HEADER_END.search(reach)
    declared = _DECLARED.search(reach[: end.start()] if end else reach)
    name = declared.group(1).decode("ascii").lower() if declared else "utf-8"
    if name not in _CHARSETS:
        message = f"The charset {name} is not accepted."
        raise _refused(source_name, "Charset", "intake.wrong-encoding", message, "Save the file as UTF-8.")
    return _CHARSETS[name]


def _refused(source_name: str, place: str, rule: str, message: str, mend: str) -> Refused:
    return Refused(Refusal(source_name, place, rule, message, mend))
