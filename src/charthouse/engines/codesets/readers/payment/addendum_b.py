"""OPPS Addendum B csv: latin-1, up to six lines of preamble, money like `$136.02 ` or `"$1,234.50"` kept in cents.

A lone `.` stands for no value. The short descriptors of codes belong to the American Medical Association: not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Head, Reader, Recognised, Row
from charthouse.engines.codesets.loading.source import Source
from charthouse.engines.codesets.readers.cells import counted, quarter
from charthouse.engines.codesets.readers.payment.headings import Keys, alike, below, is_footnote
from charthouse.engines.codesets.readers.payment.numbers import exact
from charthouse.engines.codesets.readers.payment.records import Spelling, first_records, records_in
from charthouse.engines.codesets.readers.payment.releases import (
    Told,
    by_quarter,
    month_in,
    refuse_contradiction,
    year_in,
)
from charthouse.engines.codesets.readers.payment.values import CODE
from charthouse.engines.codesets.shelf import Canary, Sheet, Table, Volume

_ITEM = Sheet(
    "item",
    (
        "code TEXT", "status_indicator TEXT", "apc TEXT", "weight INTEGER", "rate INTEGER", "copayment INTEGER",
        "minimum_copayment INTEGER",
    ),
    ("code",),
)  # fmt: skip
_COLUMNS = {
    "HCPCS Code": "hcpcs(?: code)?", "Short Descriptor": "short descriptor", "SI": "si|status indicator", "APC": "apc",
    "Relative Weight": "relative weight", "Payment Rate": "payment rate",
    "National Unadjusted Copayment": r"national (?:unadjusted )?copayment\**",
    "Minimum Unadjusted Copayment": r"minimum (?:unadjusted )?copayment\**",
}  # fmt: skip
_SPELLING = Spelling(fallback="latin-1")
_INDICATOR, _GROUP = re.compile("[A-Z][0-9]?", re.ASCII), re.compile("[0-9]{1,5}|", re.ASCII)


def _recognise(head: Head) -> Recognised | None:
    records = first_records(head)
    if not any(alike(record, _COLUMNS) for record in records):
        return None
    name, said = head.name.replace("_", " "), _preamble(records)
    year, month = year_in(name) or year_in(said), month_in(name) or month_in(said)
    return by_quarter(Table.OPPS, (year, month) if year and month else None, "Addendum B")


def _preamble(records: Sequence[Sequence[str]]) -> str:
    """What stands above the header."""
    above: list[str] = []
    for record in records:
        if alike(record, _COLUMNS):
            break
        above.extend(record)
    return " ".join(above)


def _quarter_of(text: str) -> Told | None:
    year, month = year_in(text), month_in(text)
    return (year, quarter(year, month)[0].month) if year and month else None


def _read(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    source = sources[0]
    said = _preamble(first_records(Head(source.name, source.head())))
    refuse_contradiction(_quarter_of(source.name.replace("_", " ")), _quarter_of(said), source.name, faults)
    keys = Keys("HCPCS Code")
    records = below(records_in(source, faults, _SPELLING), _COLUMNS, faults, may_have_more=True)
    for line, cells in records:
        if is_footnote(cells) and not CODE.fullmatch(cells[0]):
            continue
        if len(cells) < len(_COLUMNS):
            message = f"{len(cells)} columns; {len(_COLUMNS)} are needed."
            faults.add("columns", message, line=line, column=len(cells) + 1, value=cells[0])
            continue
        if not CODE.fullmatch(cells[0]):
            faults.add("code", "Not a procedure code.", line=line, column="HCPCS Code", value=cells[0])
        if not _INDICATOR.fullmatch(cells[2]):
            faults.add("indicator", "Not a status indicator.", line=line, column="SI", value=cells[2])
        if not _GROUP.fullmatch(cells[3]):
            faults.add("group", "Not a payment classification.", line=line, column="APC", value=cells[3])
        numbers = [
            exact("" if cells[at] in {".", "$."} else cells[at], 4 if at == 4 else 2, faults, line, name)
            for at, name in list(enumerate(_COLUMNS))[4:]
        ]
        if keys.is_new((cells[0],), line, faults):
            yield "item", (cells[0], cells[2], cells[3], *numbers)


def _canaries(volume: Volume, what: Recognised) -> Sequence[Canary]:
    if what.label != "2026 July":
        return ()
    question = "SELECT status_indicator || ' ' || apc || ' ' || weight || ' ' || rate FROM item WHERE code = 'G0463'"
    return (counted(volume, "G0463: status, group, weight, cents", question, "J2 5012 14879 13602"),)


READER = Reader("opps addendum b csv", (_ITEM,), _recognise, _read, _canaries)
