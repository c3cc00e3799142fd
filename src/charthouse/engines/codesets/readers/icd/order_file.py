"""ICD-10-CM and ICD-10-PCS order files (`icd10cm_order_2027.txt`), fixed width, one code a line.

1-5 number; 7-13 code without dot; 15 flag (0 header, 1 billable); 17-76 short title; 78- long title. The year stands
in the name alone. Source: the layout notes inside CMS's zip (`icd10OrderFiles.pdf`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Head, Reader, Recognised, Row
from charthouse.engines.codesets.loading.source import Source
from charthouse.engines.codesets.readers.icd.codes import SHEET, canaries, is_code, system_of
from charthouse.engines.codesets.readers.icd.lines import Once, Text, lines_in
from charthouse.engines.codesets.readers.icd.years import CodesOfDay, release_of
from charthouse.engines.codesets.shelf import Table

_LINE = re.compile(rb"[0-9]{5} ([0-9A-Z]{3,7}) {1,5}([01]) \S")
_NAME = re.compile(r"icd-?10-?(?:cm|pcs)[-_ ]?order(?!.*addend).*\.txt$")
_SHORT, _LONG = 16, 77


def _recognise(head: Head) -> Recognised | None:
    lines = head.data.removeprefix(b"\xef\xbb\xbf").splitlines()[:400]
    found = [match for match in map(_LINE.match, lines) if match]
    if len(found) * 2 <= len(lines) and not _NAME.search(head.name.lower()):
        return None
    codes = [(match[1].decode("ascii"), match[2] == b"1") for match in found]
    return release_of(system_of(codes, head.name), head.name)


def _read(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    valid, once, text = CodesOfDay(what), Once(faults), Text(faults)
    for number, line in lines_in(sources[0], faults):
        if not _is_laid_out(line, number, faults):
            continue
        code, is_billable = line[6:13].decode("latin-1").rstrip(), line[14:15] == b"1"
        if _is_wanted(code, is_billable, what.table, number, faults) and once.is_first(code, code, number, "code"):
            if is_billable:
                valid.check(code, number, faults)
            short, long = _titles(line)
            yield "code", (code, int(is_billable), text.of(short, number, 17), text.of(long, number, 78))


def _is_laid_out(line: bytes, number: int, faults: Faults) -> bool:
    """Whether the fields stand in their columns; what does not is a fault."""
    shown = line.decode("latin-1")
    if len(line) <= _LONG:
        message = "The line is too short: the long title should start in column 78."
        faults.add("line", message, line=number, column=len(line), value=shown)
    elif not line[:5].isdigit():
        faults.add("line", "Not a number of five digits.", line=number, column=1, value=shown[:5])
    elif line[14:15] not in b"01":
        faults.add("flag", "Neither 0 (header) nor 1 (billable).", line=number, column=15, value=shown[14])
    elif wrong := [at for at in (5, 13, 15) if line[at : at + 1] != b" "]:
        faults.add("line", "There should be a blank here.", line=number, column=wrong[0] + 1, value=shown[:17])
    else:
        return True
    return False


def _is_wanted(code: str, is_billable: bool, table: Table, number: int, faults: Faults) -> bool:
    if is_code(table, code, is_billable=is_billable):
        return True
    faults.add("code", "Not a code of this system.", line=number, column="code", value=code)
    return False


def _titles(line: bytes) -> tuple[bytes, bytes]:
    """Short and long title. Columns count characters or bytes, by release: the blank between them tells."""
    if line[_LONG - 1 : _LONG] == b" " or line.isascii():
        return line[_SHORT : _LONG - 1], line[_LONG:]
    text = line.decode("utf-8", "surrogateescape")
    parts = text[_SHORT : _LONG - 1], text[_LONG:]
    short, long = (part.encode("utf-8", "surrogateescape") for part in parts)
    return short, long


READER = Reader("icd-10 order file", (SHEET,), _recognise, _read, canaries)
