"""NUCC provider taxonomy csv: mapped by name. Its wording is licensed to whoever loads it and stays on their shelf.

`nucc_taxonomy_261` is version 26.1. Version .0 is in force from 1 April, .1 from 1 October, until the next one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Head, Reader, Recognised, Row
from charthouse.engines.codesets.loading.source import Source
from charthouse.engines.codesets.readers.cells import counted
from charthouse.engines.codesets.readers.payment.headings import Keys, places, plain
from charthouse.engines.codesets.readers.payment.records import first_records, records_in
from charthouse.engines.codesets.shelf import Canary, Sheet, Table, Volume

_TAXONOMY = Sheet(
    "taxonomy",
    (
        "code TEXT", "grouping TEXT", "classification TEXT", "specialization TEXT", "definition TEXT", "notes TEXT",
        "display TEXT", "section TEXT",
    ),
    ("code",),
)  # fmt: skip
_COLUMNS = {
    "Code": "code", "Grouping": "grouping", "Classification": "classification", "Specialization": "specialization",
    "Definition": "definition", "Notes": "notes", "Display Name": "display name", "Section": "section",
}  # fmt: skip
_ENOUGH = 6
_CODE = re.compile(r"[0-9A-Z]{9}X", re.ASCII)
_VERSION = re.compile(r"taxonomy[_ -]?([0-9]{2})\.?([01])(?![0-9])", re.ASCII)
_MONTHS = {"0": 4, "1": 10}


def _recognise(head: Head) -> Recognised | None:
    names = {plain(cell) for record in first_records(head)[:1] for cell in record}
    if len(names.intersection(_COLUMNS.values())) < _ENOUGH:
        return None
    version = _VERSION.search(head.name.lower())
    if not version:
        return Recognised(Table.TAXONOMY, "taxonomy", None, None)
    starts = date(2000 + int(version[1]), _MONTHS[version[2]], 1)
    return Recognised(Table.TAXONOMY, f"{version[1]}.{version[2]}", starts, None)


def _read(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    where: dict[str, int] = {}
    width, keys = 0, Keys("Code")
    for line, record in records_in(sources[0], faults):
        if not where:
            width, where = len(record), places(record, _COLUMNS, line, faults)
        elif len(record) != width:
            faults.add("columns", f"{len(record)} columns; the header has {width}.", line=line, value=record[0])
        else:
            cells = tuple(record[at].strip() for at in where.values())
            if not _CODE.fullmatch(cells[0]):
                faults.add("code", "Not a taxonomy code.", line=line, column="Code", value=cells[0])
            if keys.is_new(cells[:1], line, faults):
                yield "taxonomy", cells


def _canaries(volume: Volume, what: Recognised) -> Sequence[Canary]:
    return (counted(volume, "codes without a classification", _UNCLASSIFIED, 0),)


_UNCLASSIFIED = "SELECT count(*) FROM taxonomy WHERE classification = ''"
READER = Reader("nucc taxonomy csv", (_TAXONOMY,), _recognise, _read, _canaries)
