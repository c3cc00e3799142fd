"""Anesthesia conversion factors (ANES csv): contractor, locality, name, factor in ten-thousandths of a dollar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Head, Reader, Recognised, Row
from charthouse.engines.codesets.loading.source import Source
from charthouse.engines.codesets.readers.cells import counted
from charthouse.engines.codesets.readers.payment.headings import Keys, alike, below, is_footnote
from charthouse.engines.codesets.readers.payment.numbers import needed
from charthouse.engines.codesets.readers.payment.records import first_records, records_in
from charthouse.engines.codesets.readers.payment.releases import by_year, year_in
from charthouse.engines.codesets.shelf import Canary, Sheet, Table, Volume

_FACTOR = Sheet(
    "factor", ("contractor TEXT", "locality TEXT", "name TEXT", "factor INTEGER"), ("contractor", "locality")
)
_COLUMNS = {
    "Contractor": "contractor", "Locality": "locality", "Locality Name": "locality name",
    "CF": r".*\banes.*|.*\bcf\b.*|.*conversion factor.*",
}  # fmt: skip


def _recognise(head: Head) -> Recognised | None:
    found = next((one for one in first_records(head) if alike(one, _COLUMNS) and len(one) < 8), None)
    told = year_in(head.name) or year_in(" ".join(found or ()))
    return by_year(Table.ANESTHESIA, told, "anesthesia factors") if found else None


def _read(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    keys = Keys("contractor, locality")
    for line, cells in below(records_in(sources[0], faults), _COLUMNS, faults):
        if is_footnote(cells):
            continue
        if len(cells) != len(_COLUMNS):
            faults.add("columns", f"{len(cells)} columns; {len(_COLUMNS)} are needed.", line=line, value=cells[0])
            continue
        contractor, locality, name, factor = cells
        if not re.fullmatch("[0-9]{5}", contractor, re.ASCII) or not re.fullmatch("[0-9]{2}", locality, re.ASCII):
            mend = "A spreadsheet drops leading zeros: load the file as it was published."
            value = f"{contractor} {locality}"
            faults.add("locality", "Not a contractor and locality.", line=line, column="1, 2", value=value, mend=mend)
        number = needed(factor, 4, faults, line, "CF")
        if keys.is_new((contractor, locality), line, faults):
            yield "factor", (contractor, locality, name.rstrip("* "), number)


def _canaries(volume: Volume, what: Recognised) -> Sequence[Canary]:
    if what.label != "2025":
        return ()
    question = "SELECT factor FROM factor WHERE contractor = '10112' AND locality = '00'"
    return (
        counted(volume, "localities", "SELECT count(*) FROM factor", 109),
        counted(volume, "factor of Alabama, ten-thousandths", question, 193_100),
    )


READER = Reader("pfs anesthesia csv", (_FACTOR,), _recognise, _read, _canaries)
