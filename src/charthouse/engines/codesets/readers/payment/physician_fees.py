"""Physician fee schedule: relative values (PPRRVU), practice cost indices, anesthesia factors, localities.

PPRRVU has stacked header rows with repeating names, and its columns grow over the years: it is mapped by position after
the header is checked (31 columns in 2025; 32 from 2026 on, with a price indicator after team surgery). The short
descriptions of procedure codes belong to the American Medical Association: that column is never read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Head, Reader, Recognised, Row
from charthouse.engines.codesets.loading.source import Source
from charthouse.engines.codesets.readers.cells import counted, exact, month_in, no_canaries, quarter, records_of, year
from charthouse.engines.codesets.shelf import Canary, Sheet, Table, Value, Volume

_VALUE = Sheet(
    "value",
    (
        "code TEXT", "modifier TEXT", "status TEXT", "work INTEGER", "nonfacility_pe INTEGER", "nonfacility_na TEXT",
        "facility_pe INTEGER", "facility_na TEXT", "malpractice INTEGER", "nonfacility_total INTEGER",
        "facility_total INTEGER", "pctc TEXT", "global_days TEXT", "pre INTEGER", "intra INTEGER", "post INTEGER",
        "multiple_procedure TEXT", "bilateral TEXT", "assistant TEXT", "co_surgeon TEXT", "team TEXT",
        "price_indicator TEXT", "endoscopic_base TEXT", "conversion_factor INTEGER", "supervision TEXT",
        "calculation_flag TEXT", "imaging_family TEXT", "opps_nonfacility_pe INTEGER", "opps_facility_pe INTEGER",
        "opps_malpractice INTEGER",
    ),
    ("code", "modifier"),
)  # fmt: skip
_SHAPE = re.compile(r"[0-9A-Z][0-9]{3}[0-9A-Z]", re.ASCII)
# Where each column of the sheet stands in a file of 31 columns; from the price indicator on, 2026 is one further.
_HUNDREDTHS = {
    "work", "nonfacility_pe", "facility_pe", "malpractice", "nonfacility_total", "facility_total",
    "pre", "intra", "post", "opps_nonfacility_pe", "opps_facility_pe", "opps_malpractice",
}  # fmt: skip
_BEFORE = (0, 1, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22)
_AFTER = (23, 24, 25, 26, 27, 28, 29, 30)


def _recognise_values(head: Head) -> Recognised | None:
    if b"HCPCS,MOD,DESCRIPTION," not in head.data:
        return None
    table = Table.RVU if "nonqpp" in head.name.lower() or "qpp" not in head.name.lower() else Table.RVU_QPP
    named, month = re.search(r"(20[1-9][0-9])", head.name), month_in(head.name)
    if not named:
        return Recognised(table, "relative values", None, None)
    starts, ends = quarter(int(named[1]), month or 1)
    return Recognised(table, f"{starts:%Y %B}", starts, ends)


def _read_values(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    width = 0
    for line, record in records_of(sources[0], faults):
        if not width:
            if record[:2] == ["HCPCS", "MOD"]:
                width = len(record)
                if width not in (31, 32):
                    faults.add("header", f"{width} columns; 31 or 32 are known.", line=line)
                    faults.settle()
        elif len(record) != width:
            faults.add("columns", f"{len(record)} columns; the header has {width}.", line=line)
        elif not _SHAPE.fullmatch(record[0].strip()):
            faults.add("code", "Not a procedure code.", line=line, column="HCPCS", value=record[0])
        else:
            yield "value", _value(record, width, line, faults)
    if not width:
        faults.add("header", "The header line that starts with HCPCS,MOD is missing.", line=1)


def _value(record: list[str], width: int, line: int, faults: Faults) -> tuple[Value, ...]:
    shift = width - 31
    cells = [record[at] for at in _BEFORE] + [record[23] if shift else ""] + [record[at + shift] for at in _AFTER]
    return tuple(
        exact(cell, 2, faults, line, name)
        if name in _HUNDREDTHS
        else exact(cell, 4, faults, line, name)
        if name == "conversion_factor"
        else cell.strip()
        for name, cell in zip(_VALUE.names, cells, strict=True)
    )


def _value_canaries(volume: Volume, what: Recognised) -> Sequence[Canary]:
    factors = {"2025 October": 323_465, "2026 October": 334_009, "2026 July": 334_009}
    expected = 335_675 if what.table is Table.RVU_QPP else factors.get(what.label)
    found = [counted(volume, "conversion factors", "SELECT count(DISTINCT conversion_factor) FROM value", 1)]
    if expected:
        question = "SELECT max(conversion_factor) FROM value"
        found.append(counted(volume, "conversion factor, ten-thousandths", question, expected))
    if what.label == "2025 October":
        found.append(counted(volume, "rows", "SELECT count(*) FROM value", 19_090))
    return found


_LOCALITY = Sheet(
    "locality",
    (
        "mac TEXT", "state TEXT", "locality TEXT", "name TEXT", "work INTEGER", "practice_expense INTEGER",
        "malpractice INTEGER",
    ),
    ("mac", "locality", "state"),
)  # fmt: skip
_FACTOR = Sheet(
    "factor", ("contractor TEXT", "locality TEXT", "name TEXT", "factor INTEGER"), ("contractor", "locality")
)
_COUNTY = Sheet("county", ("mac TEXT", "locality TEXT", "state TEXT", "area TEXT", "counties TEXT"))


def _yearly(table: Table, head: Head) -> Recognised:
    named = re.search(r"(20[1-9][0-9])", head.name) or re.search(r"(?<![0-9])([2-9][0-9])(?=[a-z])", head.name.lower())
    if not named:
        return Recognised(table, "year not told", None, None)
    number = int(named[1]) if len(named[1]) == 4 else 2000 + int(named[1])
    return Recognised(table, str(number), *year(number))


def _recognise_localities(head: Head) -> Recognised | None:
    return _yearly(Table.GPCI, head) if b"PW GPCI" in head.data and b"PE GPCI" in head.data else None


def _read_localities(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    is_data = False
    for line, record in records_of(sources[0], faults):
        cells = [cell.strip() for cell in record]
        if not is_data:
            is_data = any("GPCI" in cell for cell in cells) and len(cells) >= 7 and "Locality" in cells[2]
        elif len(cells) >= 7 and re.fullmatch(r"[0-9]{5}", cells[0], re.ASCII):
            numbers = [exact(cells[at], 3, faults, line, name) for at, name in ((4, "PW"), (5, "PE"), (6, "MP"))]
            yield "locality", (*cells[:4], *numbers)
        elif sum(map(bool, cells)) > 2:  # footnotes fill one cell
            faults.add("columns", "Not a locality with its three indices.", line=line, value=",".join(cells))
    if not is_data:
        faults.add("header", "The header line with the three indices is missing.", line=1)


def _recognise_factors(head: Head) -> Recognised | None:
    is_layout = re.search(rb"(?i)contractor.{0,200}locality.{0,400}(?:anesthesia|anes )", head.data[:2000], re.DOTALL)
    return _yearly(Table.ANESTHESIA, head) if is_layout else None


def _read_factors(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    for line, record in records_of(sources[0], faults):
        cells = [cell.strip() for cell in record]
        if len(cells) >= 4 and re.fullmatch(r"[0-9]{5}", cells[0], re.ASCII):
            yield "factor", (cells[0], cells[1], cells[2], exact(cells[3], 4, faults, line, "factor"))
        elif line > 5 and sum(map(bool, cells)) > 2:
            faults.add("columns", "Not a locality with its factor.", line=line, value=",".join(cells))


def _recognise_counties(head: Head) -> Recognised | None:
    is_layout = re.search(rb"(?i)fee schedule area", head.data[:2000]) and re.search(rb"(?i)counties", head.data[:2000])
    return _yearly(Table.LOCALITIES, head) if is_layout else None


def _read_counties(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    mac = state = ""
    for _, record in records_of(sources[0], faults):
        cells = [cell.strip() for cell in record][:5]
        if len(cells) == 5 and re.fullmatch(r"[0-9]{1,2}", cells[1], re.ASCII):
            mac, state = cells[0] or mac, cells[2] or state
            yield "county", (mac, cells[1], state, cells[3], cells[4])


VALUES = Reader("pfs relative values csv", (_VALUE,), _recognise_values, _read_values, _value_canaries)
LOCALITIES = Reader("pfs gpci csv", (_LOCALITY,), _recognise_localities, _read_localities, no_canaries)
FACTORS = Reader("pfs anesthesia csv", (_FACTOR,), _recognise_factors, _read_factors, no_canaries)
COUNTIES = Reader("pfs localities csv", (_COUNTY,), _recognise_counties, _read_counties, no_canaries)
