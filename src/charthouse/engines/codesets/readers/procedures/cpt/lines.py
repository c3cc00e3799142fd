"""The lines of a CPT file: text in one encoding, and what a line that holds a code or a modifier looks like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.source import Source, encoding_of
from charthouse.engines.codesets.readers.cells import LONGEST_LINE

MODIFIERS = "modifiers"  # the part that holds them
_CODE = re.compile(r"([0-9]{4}[0-9A-Z])(?:[ \t](.*))?", re.ASCII)
_MODIFIER = re.compile(r"([0-9A-Z]{2})[ \t]+(.*)", re.ASCII)
_WITH_DIGIT = re.compile(r"[0-9]", re.ASCII)
_UNREADABLE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\ufffd]")


def first_row(lines: list[str], part: str) -> int | None:
    """Where the notice ends and the rows begin; None where no line holds one.

    The first modifier has a digit: `IN NO EVENT` stands in a notice.
    """
    for place, line in enumerate(lines):
        found = row_in(line, part)
        if found and (part != MODIFIERS or _WITH_DIGIT.search(found[0])):
            return place
    return None


def row_in(line: str, part: str) -> tuple[str, str] | None:
    """The code or modifier of a line and its text; None for a line that holds none."""
    found = (_MODIFIER if part == MODIFIERS else _CODE).fullmatch(line.rstrip())
    return (found[1], (found[2] or "").strip()) if found else None


def lines_of(source: Source, faults: Faults) -> Iterator[tuple[int, str]]:
    """Numbered lines; what is not text, or text in a second encoding, is a fault with its place."""
    encoding = encoding_of(source.head())
    number = 0
    with source.open() as stream:
        while raw := stream.readline(LONGEST_LINE):
            number += 1
            if len(raw) == LONGEST_LINE:
                faults.add("line-length", "A line is longer than any in the official file.", line=number)
                faults.settle()
            if not raw.endswith(b"\n") and raw.strip(b"\x1a \t"):
                faults.add("cut-off", "The last line has no end: the file is cut off here.", line=number)
            yield number, _text(raw.rstrip(b"\r\n\x1a"), encoding, number, faults)


def _text(raw: bytes, encoding: str, line: int, faults: Faults) -> str:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        value = repr(raw[error.start : error.start + 4])
        faults.add("encoding", f"Not {encoding} text.", line=line, column=error.start + 1, value=value)
        return raw.decode(encoding, "replace")
    if encoding == "cp1252" and not raw.isascii() and _is_utf_8(raw):
        message = "This line is written in UTF-8, other lines are not."
        faults.add("encoding", message, line=line, mend="Take the file from its publisher again.")
    elif found := _UNREADABLE.search(text):
        faults.add("text", "A sign that is no text.", line=line, column=found.start() + 1, value=repr(found[0]))
    return text


def _is_utf_8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True
