"""Hospital payment: OPPS Addendum B and IPPS Table 5. Short descriptions of procedure codes are never read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Head, Reader, Recognised, Row
from charthouse.engines.codesets.loading.source import Source
from charthouse.engines.codesets.readers.cells import (
    counted,
    exact,
    fiscal,
    lines_of,
    month_in,
    no_canaries,
    quarter,
    records_of,
)
from charthouse.engines.codesets.shelf import Canary, Sheet, Table, Volume

_ITEM = Sheet(
    "item",
    (
        "code TEXT", "status_indicator TEXT", "apc TEXT", "weight INTEGER", "rate INTEGER", "copayment INTEGER",
        "minimum_copayment INTEGER",
    ),
    ("code",),
)  # fmt: skip
_DRG = Sheet(
    "drg",
    (
        "drg TEXT", "post_acute TEXT", "special_pay TEXT", "mdc TEXT", "kind TEXT", "title TEXT", "weight INTEGER",
        "weight_capped INTEGER", "gmlos INTEGER", "amlos INTEGER",
    ),
    ("drg",),
)  # fmt: skip
_SHAPE = re.compile(r"[0-9A-Z][0-9]{3}[0-9A-Z]", re.ASCII)


def _recognise_items(head: Head) -> Recognised | None:
    if not re.search(rb"HCPCS Code\"?,\"?Short Descriptor\"?,\"?SI", head.data):
        return None
    told = f"{head.name} {head.data[:1000].decode('latin-1')}"
    named, month = re.search(r"(20[1-9][0-9])", told), month_in(head.name) or month_in(told)
    if not named or not month:
        return Recognised(Table.OPPS, "Addendum B", None, None)
    starts, ends = quarter(int(named[1]), month)
    return Recognised(Table.OPPS, f"{starts:%Y %B}", starts, ends)


def _read_items(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    is_data = False
    for line, record in records_of(sources[0], faults):
        cells = [cell.strip() for cell in record]
        if not is_data:
            is_data = cells[:1] == ["HCPCS Code"]
        elif not any(cells):
            continue
        elif len(cells) < 8 or not _SHAPE.fullmatch(cells[0]):
            faults.add("columns", "Not a procedure code with its seven values.", line=line, value=cells[0])
        else:
            money = [
                exact(cells[at], 2, faults, line, name) for at, name in ((5, "rate"), (6, "copayment"), (7, "minimum"))
            ]
            yield "item", (cells[0], cells[2], cells[3], exact(cells[4], 4, faults, line, "weight"), *money)
    if not is_data:
        faults.add("header", "The header line that starts with HCPCS Code is missing.", line=1)


def _recognise_drgs(head: Head) -> Recognised | None:
    if b"MS-DRG" not in head.data[:2000] or b"\t" not in head.data or b"TABLE 5" not in head.data[:2000].upper():
        return None
    named = re.search(
        r"(?i)(?:FY|fiscal year)\s*(20[1-9][0-9])", head.data[:2000].decode("cp1252", "replace") + head.name
    )
    if not named:
        return Recognised(Table.DRG_WEIGHTS, "Table 5", None, None)
    return Recognised(Table.DRG_WEIGHTS, f"FY {named[1]}", *fiscal(int(named[1])))


def _read_drgs(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    for line, text in lines_of(sources[0], faults, "cp1252"):
        cells = [cell.strip().strip('"') for cell in text.split("\t")]
        if not re.fullmatch(r"[0-9]{3}", cells[0], re.ASCII):
            continue
        if len(cells) < 10:
            faults.add("columns", f"{len(cells)} columns; 10 are needed.", line=line, column="MS-DRG", value=cells[0])
            continue
        told = ["" if cell.strip("*.").upper() in {"", "N/A", "NA"} else cell for cell in cells]  # 998, 999: none
        weights = [exact(told[at], 4, faults, line, "weight") for at in (6, 7)]
        stays = [exact(told[at], 1, faults, line, "length of stay") for at in (8, 9)]
        yield "drg", (*cells[:6], *weights, *stays)


def _drg_canaries(volume: Volume, what: Recognised) -> Sequence[Canary]:
    if what.label != "FY 2026":
        return ()
    return [
        counted(volume, f"weight of DRG {drg}", f"SELECT weight FROM drg WHERE drg = '{drg}'", weight)  # noqa: S608
        for drg, weight in (("470", 19_289), ("871", 19_425), ("291", 12_838))
    ]


ITEMS = Reader("opps addendum b csv", (_ITEM,), _recognise_items, _read_items, no_canaries)
DRGS = Reader("ipps table 5", (_DRG,), _recognise_drgs, _read_drgs, _drg_canaries)
