"""IPPS Table 5: weights and lengths of stay of MS-DRGs. Tab-separated, cp1252, under a quoted title of two lines.

Weights in ten-thousandths, days in tenths. DRGs 998 and 999 have no weight: a `.` stands for none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Head, Reader, Recognised, Row
from charthouse.engines.codesets.loading.source import Source
from charthouse.engines.codesets.readers.cells import counted, fiscal
from charthouse.engines.codesets.readers.payment.headings import Keys, alike, below
from charthouse.engines.codesets.readers.payment.numbers import exact
from charthouse.engines.codesets.readers.payment.records import lines_in
from charthouse.engines.codesets.readers.payment.releases import refuse_contradiction
from charthouse.engines.codesets.shelf import Canary, Sheet, Table, Volume

_DRG = Sheet(
    "drg",
    (
        "drg TEXT", "post_acute TEXT", "special_pay TEXT", "mdc TEXT", "kind TEXT", "title TEXT", "weight INTEGER",
        "weight_capped INTEGER", "gmlos INTEGER", "amlos INTEGER",
    ),
    ("drg",),
)  # fmt: skip
_COLUMNS = {
    "MS-DRG": "ms-drg", "Post-Acute DRG": ".*post-acute.*", "Special Pay DRG": ".*special pay.*", "MDC": "mdc",
    "TYPE": "type", "MS-DRG Title": "ms-drg title", "Weights - Before Cap": "weights.*before cap.*",
    "Weights - 10% Cap Applied": "weights.*cap applied.*", "Geometric mean LOS": "geometric mean los",
    "Arithmetic mean LOS": "arithmetic mean los",
}  # fmt: skip
_NUMBERS = (("weight", 4), ("weight_capped", 4), ("gmlos", 1), ("amlos", 1))
_SHAPES = {
    "drg": "[0-9]{3}", "post_acute": "Yes|No", "special_pay": "Yes|No", "mdc": "PRE|[0-9]{2}|",
    "kind": r"SURG|MED|\*\*", "title": ".+",
}  # fmt: skip
_SAID = re.compile(r"(?:fy|fiscal year) ?(20[0-9]{2})", re.ASCII)
_NAMED = re.compile(r"fy[ _-]?(20[0-9]{2})", re.ASCII)


def _recognise(head: Head) -> Recognised | None:
    text = head.data[:8000].decode("cp1252", "replace")
    if not any(alike(line.split("\t"), _COLUMNS) for line in text.splitlines()):
        return None
    year = _year(_NAMED, head.name) or _year(_SAID, text)
    return Recognised(Table.DRG_WEIGHTS, f"FY {year}" if year else "Table 5", *(fiscal(year) if year else (None, None)))


def _year(pattern: re.Pattern[str], text: str) -> int | None:
    found = pattern.search(" ".join(text.lower().split()))
    return int(found[1]) if found else None


def _read(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    source = sources[0]
    said = _year(_SAID, source.head()[:8000].decode("cp1252", "replace"))
    refuse_contradiction(_year(_NAMED, source.name), said, source.name, faults)
    keys = Keys("MS-DRG")
    for line, cells in below(_records(source, faults), _COLUMNS, faults):
        if len(cells) != len(_COLUMNS):
            message = f"{len(cells)} columns; {len(_COLUMNS)} are needed."
            faults.add("columns", message, line=line, column=len(cells), value=cells[0])
            continue
        for (name, shape), text in zip(_SHAPES.items(), cells, strict=False):
            if not re.fullmatch(shape, text, re.ASCII):
                faults.add("drg", f"Not a value of {name}.", line=line, column=name, value=text)
        numbers = [
            exact("" if text == "." else text, digits, faults, line, name)
            for text, (name, digits) in zip(cells[6:], _NUMBERS, strict=True)
        ]
        if keys.is_new((cells[0],), line, faults):
            yield "drg", (*cells[:6], *numbers)


def _records(source: Source, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    for number, line in lines_in(source, faults):
        cells = [_unquoted(cell) for cell in line.rstrip("\r\n").split("\t")]
        if not line.endswith("\n") and any(map(str.strip, cells)):
            faults.add("cut-off", "The last line has no end: the file is cut off here.", line=number, value=line)
        yield number, cells


def _unquoted(cell: str) -> str:
    quoted = re.fullmatch(r'\s*"(.*)"\s*', cell, re.DOTALL)
    return quoted[1].replace('""', '"') if quoted else cell


def _canaries(volume: Volume, what: Recognised) -> Sequence[Canary]:
    if what.label != "FY 2026":
        return ()
    return [
        counted(volume, f"weight of DRG {drg}", f"SELECT weight FROM drg WHERE drg = '{drg}'", weight)  # noqa: S608
        for drg, weight in (("470", 19_289), ("871", 19_425), ("291", 12_838))
    ]


READER = Reader("ipps table 5", (_DRG,), _recognise, _read, _canaries)
