"""Bytes of a JSON file to text: UTF-8, or UTF-8 and UTF-16 with a byte order mark."""

from __future__ import annotations

import codecs

from charthouse.engines.fhir.limits import MAX_BYTES
from charthouse.kit import Refusal, Refused

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decode(data: bytes, source_name: str) -> str:
    """Text of the file; Refused when it is empty, too large or not in an accepted encoding."""
    if not data.strip():
        raise _refused(source_name, "byte 0", "intake.empty", "The file is empty.", "Send the file again.")
    if len(data) > MAX_BYTES:
        message = f"The file is larger than {MAX_BYTES // 1024 // 1024} MB."
        raise _refused(source_name, f"byte {MAX_BYTES}", "intake.too-large", message, "Send fewer charts at once.")
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise _wrong(source_name, 0, "UTF-32 is not accepted.")
    mark, encoding = next(((mark, name) for mark, name in _BOMS if data.startswith(mark)), (b"", "utf-8"))
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        raise _wrong(source_name, len(mark) + error.start, f"The byte here is not {encoding.upper()}.") from None


def _wrong(source_name: str, byte: int, message: str) -> Refused:
    return _refused(source_name, f"byte {byte}", "intake.wrong-encoding", message, "Save the file as UTF-8.")


def _refused(source_name: str, place: str, rule: str, message: str, mend: str) -> Refused:
    return Refused(Refusal(source_name, place, rule, message, mend))
