"""NCCI edits of Medicare: pairs (PTP), unit limits (MUE) and add-on codes (AOC).

PTP: tab-separated, six lines before the data, seven columns; deleted edits stay in the file, and rows with indicator 9
start and end on one day: they were never in force. MUE: a quoted notice, then a header, then four columns. AOC: a
notice, a header, eight tab-separated columns; its days are YYYYDDD.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Head, Reader, Recognised, Row
from charthouse.engines.codesets.loading.source import Source
from charthouse.engines.codesets.readers.cells import day_number, lines_of, no_canaries, quarter, records_of
from charthouse.engines.codesets.shelf import Canary, Sheet, Table, Volume

_PAIR = Sheet(
    "pair",
    (
        "column1 TEXT", "column2 TEXT", "starts INTEGER", "ends INTEGER", "modifier INTEGER", "rationale INTEGER",
        "before_1996 INTEGER",
    ),
    ("column1", "column2", "starts"),
)  # fmt: skip
_RATIONALE = Sheet("rationale", ("number INTEGER", "text TEXT"), ("number",))
_UNIT = Sheet("unit", ("code TEXT", "most INTEGER", "adjudication INTEGER", "rationale TEXT"), ("code",))
_ADD_ON = Sheet(
    "add_on",
    (
        "code TEXT", "primary_code TEXT", "kind INTEGER", "starts INTEGER", "ends INTEGER", "primary_ends INTEGER",
        "code_ends INTEGER", "notes TEXT",
    ),
    ("code", "primary_code", "kind", "starts"),
)  # fmt: skip
_PREAMBLE = 6
_SHAPE = re.compile(r"[0-9A-Z][0-9]{3}[0-9A-Z]", re.ASCII)
_SERVICES = {
    "practitioner": Table.MUE_PRACTITIONER,
    "outpatienthospital": Table.MUE_HOSPITAL,
    "dmesupplier": Table.MUE_DME,
}


def _recognise_pairs(head: Head) -> Recognised | None:
    named = re.search(r"cci(pra|oph)-?v([0-9]{2})([0-9])r([0-9])(?:-f([0-9]+))?", head.name.lower())
    is_layout = b"Column1/Column2 Edits" in head.data or (
        head.data.count(b"\t") > 12 and b"PTP Edit Rationale" in head.data
    )
    if not is_layout:
        return None
    is_hospital = bool(named and named[1] == "oph") or "oph" in head.name.lower()
    table = Table.PTP_HOSPITAL if is_hospital else Table.PTP_PRACTITIONER
    if not named:
        return Recognised(table, "PTP edits", None, None)
    # Version 32.3 is the fourth quarter of 2026: one version a year since 1994, one release a quarter.
    year, place = int(named[2]) + 1994, int(named[3]) + 1
    starts, ends = quarter(year, 3 * place)
    part = f"f{named[5]}" if named[5] else ""
    return Recognised(table, f"{year} Q{place} v{named[2]}{named[3]}r{named[4]}", starts, ends, part)


def _read_pairs(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    texts: dict[str, int] = {}
    days: dict[str, int] = {"*": 0}
    number = 0
    for number, line in lines_of(sources[0], faults, is_closed=True):
        cells = line.split("\t")
        if number <= _PREAMBLE or not line.strip("\x1a \t"):
            continue
        if not _is_pair(cells, number, faults):
            continue
        first, second, before, starts, ends, modifier, why = cells
        for text in (starts, ends):
            if text not in days:
                days[text] = day_number(text, faults, number, "date")
        if why not in texts:
            texts[why] = len(texts) + 1
            yield "rationale", (texts[why], why.strip())
        yield "pair", (first, second, days[starts], days[ends], int(modifier), texts[why], int(before == "*"))
    if number <= _PREAMBLE:
        faults.add("cut-off", "The file ends before its first edit.", line=number)


def _is_pair(cells: list[str], line: int, faults: Faults) -> bool:
    if len(cells) != 7:
        faults.add("columns", f"{len(cells)} columns; 7 are needed.", line=line, value="\t".join(cells))
    elif not (_SHAPE.fullmatch(cells[0]) and _SHAPE.fullmatch(cells[1])):
        value = f"{cells[0]} {cells[1]}"
        faults.add("code", "Not a pair of procedure codes.", line=line, column="column 1, 2", value=value)
    elif cells[5] not in {"0", "1", "9"}:
        faults.add("modifier", "Neither 0, 1 nor 9.", line=line, column=6, value=cells[5])
    else:
        return True
    return False


def _pair_canaries(volume: Volume, what: Recognised) -> Sequence[Canary]:
    never = "SELECT count(*) FROM pair WHERE modifier = 9 AND starts <> ends AND ends <> 0 AND ends < starts"
    row = volume.first(never)
    return (Canary("edits that end before they start", "0", str(row[0]) if row else "nothing"),)


def _recognise_units(head: Head) -> Recognised | None:
    if b"MUE Adjudication Indicator" not in head.data and b"MUE Values" not in head.data:
        return None
    plain = head.name.lower().replace("_", "").replace(" ", "")
    told = head.data[:4000].decode("latin-1").lower().replace(" ", "")
    table = next((one for name, one in _SERVICES.items() if name in plain), None)
    table = table or next(
        (one for name, one in _SERVICES.items() if f"{name}servicesmue" in told), Table.MUE_PRACTITIONER
    )
    day = re.search(r"([0-9]{2})-([0-9]{2})-(20[0-9]{2})", head.name)
    if not day:
        return Recognised(table, "MUE", None, None)
    starts, ends = quarter(int(day[3]), int(day[1]))
    return Recognised(table, f"{starts.year} Q{(starts.month + 2) // 3}", starts, ends)


def _read_units(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    is_data = False
    for line, record in records_of(sources[0], faults):
        if not is_data:
            is_data = len(record) >= 3 and "adjudication" in record[2].lower()
            continue
        if not any(cell.strip() for cell in record):
            continue
        if len(record) != 4:
            faults.add("columns", f"{len(record)} columns; 4 are needed.", line=line)
            continue
        code, most, adjudication, why = (cell.strip() for cell in record)
        if not _SHAPE.fullmatch(code):
            faults.add("code", "Not a procedure code.", line=line, column=1, value=code)
        if not (most.isascii() and most.isdigit()):
            faults.add("number", "Not a number of units.", line=line, column=2, value=most)
        elif adjudication[:1] not in {"1", "2", "3"}:
            faults.add("adjudication", "Does not start with 1, 2 or 3.", line=line, column=3, value=adjudication)
        else:
            yield "unit", (code, int(most), int(adjudication[0]), why)
    if not is_data:
        faults.add("header", "The header with the adjudication indicator is missing.", line=1)


def _recognise_add_ons(head: Head) -> Recognised | None:
    if b"Add-On_Code" not in head.data and b"AOC_Edit_Type" not in head.data:
        return None
    named = re.search(r"v?(20[0-9]{2})q([1-4])", head.name.lower())
    if not named:
        return Recognised(Table.ADD_ON, "add-on codes", None, None)
    starts, ends = quarter(int(named[1]), 3 * int(named[2]))
    return Recognised(Table.ADD_ON, f"{named[1]} Q{named[2]}", starts, ends)


def _read_add_ons(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    is_data = False
    for number, line in lines_of(sources[0], faults):
        cells = [cell.strip() for cell in line.split("\t")]
        if not is_data:
            is_data = any("add-on" in cell.lower() and "code" in cell.lower() for cell in cells) and len(cells) >= 8
            continue
        if not line.strip():
            continue
        if len(cells) != 8:
            faults.add("columns", f"{len(cells)} columns; 8 are needed.", line=number, value=line)
            continue
        kind, code, code_ends, primary, primary_ends, starts, ends, notes = cells
        if kind not in {"1", "2", "3"}:
            faults.add("type", "Neither 1, 2 nor 3.", line=number, column=1, value=kind)
            continue
        if not _SHAPE.fullmatch(code) or not (_SHAPE.fullmatch(primary) or primary == "CCCCC"):
            faults.add("code", "Not an add-on code with its primary code.", line=number, value=f"{code} {primary}")
        days = [_ordinal(text, faults, number) for text in (starts, ends, primary_ends, code_ends)]
        yield "add_on", (code, primary, int(kind), *days, notes)
    if not is_data:
        faults.add("header", "The header line is missing.", line=1)


def _ordinal(text: str, faults: Faults, line: int) -> int:
    """A day written YYYYDDD as yyyymmdd; 0 for blank."""
    if not text:
        return 0
    if len(text) == 7 and text.isascii() and text.isdigit() and 1 <= int(text[4:]) <= 366 and int(text[:4]) >= 1900:
        day = date(int(text[:4]), 1, 1) + timedelta(days=int(text[4:]) - 1)
        if day.year == int(text[:4]):
            return day.year * 10_000 + day.month * 100 + day.day
    faults.add("day", "Not a day written YYYYDDD.", line=line, column="date", value=text)
    return 0


PAIRS = Reader("ncci ptp", (_RATIONALE, _PAIR), _recognise_pairs, _read_pairs, _pair_canaries)
UNITS = Reader("ncci mue", (_UNIT,), _recognise_units, _read_units, no_canaries)
ADD_ONS = Reader("ncci add-on codes", (_ADD_ON,), _recognise_add_ons, _read_add_ons, no_canaries)
