"""Lines and comma-separated records of payment files, strictly: one encoding, closed cells, a closed last line."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Head
from charthouse.engines.codesets.loading.source import Source
from charthouse.kit import Refused

_CELL = re.compile(r'(?:"([^"]*(?:""[^"]*)*)"|([^",]*))(,|\Z)')
_HEADING_WITHIN = 40


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a layout writes text: the code page of what is not UTF-8, and the most characters of one record."""

    fallback: str = "cp1252"
    longest: int = 100_000


PLAIN = Spelling()


def lines_in(source: Source, faults: Faults, spelling: Spelling = PLAIN) -> Iterator[tuple[int, str]]:
    """Numbered lines with their ends. The first byte that is not ASCII decides the encoding; a change is a fault."""
    encoding = "ascii"
    with source.open() as stream:
        number = 0
        while raw := stream.readline(spelling.longest + 1):
            number += 1
            if len(raw) > spelling.longest:
                faults.add("line-length", "A line is longer than any in the official file.", line=number)
                faults.settle()
            if number == 1 and raw.startswith(codecs.BOM_UTF8):
                raw, encoding = raw[3:], "utf-8"
            if encoding == "ascii" and not raw.isascii():
                encoding = _encoding_of(raw, spelling.fallback)
            yield number, _decoded(raw, encoding, number, faults)


def _encoding_of(raw: bytes, fallback: str) -> str:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return fallback
    return "utf-8"


def _decoded(raw: bytes, encoding: str, line: int, faults: Faults) -> str:
    if (at := raw.find(b"\0")) >= 0:
        faults.add("control-character", "A NUL byte, which text never has.", line=line, column=f"byte {at + 1}")
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        value = repr(raw[error.start : error.start + 4])
        faults.add("encoding", f"Not {encoding} text.", line=line, column=f"byte {error.start + 1}", value=value)
        return raw.decode(encoding, "replace")


def records_in(source: Source, faults: Faults, spelling: Spelling = PLAIN) -> Iterator[tuple[int, list[str]]]:
    """Records with the line each starts at. Cells may hold line ends inside quotes; anything left open is a fault."""
    waiting: list[str] = []
    start = length = quotes = 0
    line = ""
    for number, line in lines_in(source, faults, spelling):
        start = start if waiting else number
        waiting.append(line)
        length, quotes = length + len(line), quotes + line.count('"')
        if length > spelling.longest:
            faults.add("record-length", "A record is longer than any in the official file.", line=start)
            faults.settle()
        if quotes % 2:
            continue
        cells = cells_of("".join(waiting).rstrip("\r\n"))
        waiting, length, quotes = [], 0, 0
        if cells is None:
            faults.add("csv", "A quote stands where none may be.", line=start, value=line)
        else:
            yield start, cells
    if waiting:
        faults.add("cut-off", "A quoted cell is not closed: the file is cut off here.", line=start, value=waiting[0])
    elif line.strip(" \t\x1a") and not line.endswith("\n"):
        faults.add("cut-off", "The last line has no end: the file is cut off here.", line=number, value=line)


def cells_of(record: str) -> list[str] | None:
    """The cells of one record without its line end; None where the quotes are wrong. No limit on a cell's length."""
    if '"' not in record:
        return record.split(",")
    cells, at = [], 0
    while found := _CELL.match(record, at):
        quoted, plain, ending = found.groups()
        cells.append(plain if quoted is None else quoted.replace('""', '"'))
        at = found.end()
        if not ending:
            return cells
    return None


def first_records(head: Head) -> list[list[str]]:
    """The records a file starts with, as far as they can be read; what is wrong with them is told when it is read."""
    found: list[list[str]] = []
    source = Source(head.name, len(head.data), lambda: io.BytesIO(head.data))
    try:
        found.extend(cells for _, cells in islice(records_in(source, Faults(head.name)), _HEADING_WITHIN))
    except Refused:
        return found
    return found
