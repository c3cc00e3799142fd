"""Relative values of the physician fee schedule: the sheet that both layouts of PPRRVU fill, and its checks.

RVUs and the shares of the work before, during and after a procedure are hundredths, the conversion factor is
ten-thousandths. Short descriptions of codes belong to the American Medical Association: they are never read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Head, Recognised
from charthouse.engines.codesets.readers.cells import counted
from charthouse.engines.codesets.readers.payment.numbers import exact
from charthouse.engines.codesets.readers.payment.releases import Told, by_quarter
from charthouse.engines.codesets.shelf import Canary, Sheet, Table, Value, Volume

VALUE = Sheet(
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
CODE = re.compile(r"[0-9A-Z][0-9]{3}[0-9A-Z]", re.ASCII)
PLACES = {column.split()[0]: 2 for column in VALUE.columns if column.endswith("INTEGER")} | {"conversion_factor": 4}
_ONE, _TWO = re.compile(r"[0-9A-Z]?", re.ASCII), re.compile(r"[0-9A-Z]{0,2}", re.ASCII)
_SHAPES: Mapping[str, re.Pattern[str]] = {
    "modifier": re.compile(r"(?:[0-9A-Z]{2})?", re.ASCII), "status": re.compile(r"[A-Z]", re.ASCII),
    "nonfacility_na": re.compile("(?:NA)?"), "facility_na": re.compile("(?:NA)?"),
    "global_days": re.compile(r"(?:[0-9]{3}|[A-Z]{3})?", re.ASCII),
    "endoscopic_base": re.compile(rf"(?:{CODE.pattern})?", re.ASCII), "supervision": _TWO, "imaging_family": _TWO,
}  # fmt: skip
_PREAMBLE = re.compile(
    r"(20[0-9]{2}) national physician fee schedule relative value file\s+(january|april|july|october)"
)
_NAMED = re.compile(r"pprrvu(?:20)?([0-9]{2})[_ -]?(jan|apr|jul|oct)", re.ASCII)
_LETTERED = re.compile(r"rvu(?:20)?([0-9]{2})[_-]?([abcd])(?![a-z])", re.ASCII)
_MONTHS = {"jan": 1, "apr": 4, "jul": 7, "oct": 10, "a": 1, "b": 4, "c": 7, "d": 10}
# Two factors a year since 2026; a file whose factor is the other one's carries the wrong name.
_FACTORS = {(2026, Table.RVU): 334_009, (2026, Table.RVU_QPP): 335_675}


def told_by_name(name: str) -> Told | None:
    """The release a file name speaks of: `PPRRVU2025_Oct`, `PPRRVU25_OCT`, `RVU25D`."""
    found = _NAMED.search(name.lower()) or _LETTERED.search(name.lower())
    return (2000 + int(found[1]), _MONTHS[found[2]]) if found else None


def told_by_content(data: bytes) -> Told | None:
    """The release the preamble speaks of."""
    found = _PREAMBLE.search(data[:4000].decode("latin-1").lower())
    return (int(found[1]), _MONTHS[found[2][:3]]) if found else None


def release_of(head: Head) -> Recognised:
    """The release, and which of the two tables: for participants in an advanced payment model (QPP), or all others."""
    name = head.name.lower().replace("-", "").replace("_", "")
    is_qpp = "qpp" in name and "nonqpp" not in name
    told = told_by_name(head.name) or told_by_content(head.data)
    return by_quarter(Table.RVU_QPP if is_qpp else Table.RVU, told, "relative values")


def value_of(texts: Sequence[str], line: int, faults: Faults) -> tuple[Value, ...] | None:
    """One row from the texts of the sheet's columns; None and faults where one is not as it should be."""
    before = len(faults.found)
    row: list[Value] = []
    for name, text in zip(VALUE.names, texts, strict=True):
        if name in PLACES:
            row.append(exact(text, PLACES[name], faults, line, name))
        else:
            row.append(_indicator(name, text.strip(), line, faults))
    return tuple(row) if len(faults.found) == before else None


def _indicator(name: str, text: str, line: int, faults: Faults) -> str:
    if name == "code" and not CODE.fullmatch(text):
        mend = "A spreadsheet drops leading zeros: load the file as it was published." if text.isdigit() else ""
        faults.add("code", "Not a procedure code.", line=line, column="HCPCS", value=text, mend=mend)
    elif name != "code" and not _SHAPES.get(name, _ONE).fullmatch(text):
        faults.add("indicator", f"Not a value of {name}.", line=line, column=name, value=text)
    return text


def check_factor(row: Sequence[Value], what: Recognised, line: int, faults: Faults) -> None:
    """Refuse the file of one payment track under the name of the other."""
    if not what.starts:
        return
    factors = {table: factor for (year, table), factor in _FACTORS.items() if year == what.starts.year}
    other = Table.RVU if what.table is Table.RVU_QPP else Table.RVU_QPP
    found = row[VALUE.names.index("conversion_factor")]
    if factors and found == factors[other]:
        message = f"This conversion factor is that of {other.value}, not of {what.table.value}."
        mend = "Load the file under its own name (nonQPP or QPP)."
        faults.add("wrong-table", message, line=line, column="conversion_factor", value=str(found), mend=mend)
        faults.settle()


def canaries(volume: Volume, what: Recognised) -> Sequence[Canary]:
    """One conversion factor, the known one; the size of October 2025; one Level II code of it."""
    found = [counted(volume, "conversion factors", "SELECT count(DISTINCT conversion_factor) FROM value", 1)]
    expected = _FACTORS.get((what.starts.year, what.table)) if what.starts else None
    if what.label == "2025 October":
        expected = 323_465
        question = "SELECT work || '/' || nonfacility_total FROM value WHERE code = 'G0438'"
        found += [
            counted(volume, "rows", "SELECT count(*) FROM value", 19_090),
            counted(volume, "codes", "SELECT count(DISTINCT code) FROM value", 16_852),
            counted(volume, "work and total of G0438, hundredths", question, "260/496"),
        ]
    if expected:
        question = "SELECT max(conversion_factor) FROM value"
        found.append(counted(volume, "conversion factor, ten-thousandths", question, expected))
    return found
