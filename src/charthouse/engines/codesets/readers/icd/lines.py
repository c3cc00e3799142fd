"""The lines of the fixed-width ICD-10 files as bytes, and the text of their fields."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.source import Source

LONGEST_LINE = 10_000  # the longest title of any release has about 330 characters
MOST_ROWS = 500_000  # five times the largest of these files
_CONTROL = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")


def lines_in(source: Source, faults: Faults) -> Iterator[tuple[int, bytes]]:
    """Numbered lines that hold something, without their ends. Every line of an official file has an end."""
    with source.open() as stream:
        number = 0
        while line := stream.readline(LONGEST_LINE):
            number += 1
            body = line.rstrip(b"\r\n")
            if number == 1:
                body = body.removeprefix(codecs.BOM_UTF8)
            if not body.strip(b" \t\x1a"):
                continue
            _refuse_endless(line, number, faults)
            control = _CONTROL.search(body)
            if control:
                message = "There is a control character here: this is no text."
                faults.add("text", message, line=number, column=control.start() + 1, value=repr(control[0])[1:])
            elif not line.endswith(b"\n"):
                message = "The last line has no end: the file is cut off here."
                faults.add("cut-off", message, line=number, column=len(body), value=body.decode("latin-1"))
            else:
                yield number, body


def _refuse_endless(line: bytes, number: int, faults: Faults) -> None:
    if len(line) >= LONGEST_LINE:
        faults.add("line-length", "A line is longer than any in the official file.", line=number)
        faults.settle()
    if number > MOST_ROWS:
        faults.add("too-large", "The file has more lines than any release.", line=number)
        faults.settle()


class Text:
    """Decodes fields: UTF-8, or the Windows code page that older releases use, but not both in one file."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._seen: dict[str, int] = {}

    def of(self, field: bytes, line: int, column: int | str) -> str:
        """The text of a field with single blanks; empty after a fault."""
        if field.isascii():
            return " ".join(field.decode("ascii").split())
        for encoding in ("utf-8", "cp1252"):
            try:
                text = field.decode(encoding)
            except UnicodeDecodeError:
                continue
            self._seen.setdefault(encoding, line)
            self._refuse_mixture(line, column, text)
            return " ".join(text.split())
        message = "Bytes that are text neither in UTF-8 nor in the Windows code page."
        self._faults.add("encoding", message, line=line, column=column, value=field.decode("latin-1"))
        return ""

    def _refuse_mixture(self, line: int, column: int | str, text: str) -> None:
        if len(self._seen) > 1:
            other = min(self._seen.values())
            message = f"Mixed encodings: line {other} is written in another one than this line."
            self._faults.add("encoding", message, line=line, column=column, value=text)
            self._faults.settle()


class Once:
    """Finds the second of two rows with one key."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._lines: dict[object, int] = {}

    def is_first(self, key: object, shown: str, line: int, column: str) -> bool:
        """Whether a key is new; the second one is a fault."""
        if key not in self._lines:
            self._lines[key] = line
            return True
        message = f"It stands in line {self._lines[key]} already."
        self._faults.add("duplicate", message, line=line, column=column, value=shown)
        return False
