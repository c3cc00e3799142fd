"""Practice cost indices (GPCI csv, Addendum E): preamble, one header, localities, footnotes. Indices in thousandths.

January 2026 has the work index twice, without and with the floor of 1.0; the floored one is what Medicare pays by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Head, Reader, Recognised, Row
from charthouse.engines.codesets.loading.source import Source
from charthouse.engines.codesets.readers.cells import counted
from charthouse.engines.codesets.readers.payment.headings import Keys, is_footnote, places, plain
from charthouse.engines.codesets.readers.payment.numbers import needed
from charthouse.engines.codesets.readers.payment.records import first_records, records_in
from charthouse.engines.codesets.readers.payment.releases import by_year, refuse_contradiction, year_in
from charthouse.engines.codesets.shelf import Canary, Sheet, Table, Volume

_LOCALITY = Sheet(
    "locality",
    (
        "mac TEXT", "state TEXT", "locality TEXT", "name TEXT", "work INTEGER", "practice_expense INTEGER",
        "malpractice INTEGER",
    ),
    ("mac", "locality"),
)  # fmt: skip
_WITHOUT_FLOOR = "without"
_COLUMNS = {
    "mac": r"medicare admini?strative contractor \(mac\)|mac", "state": "state", "locality": "locality number",
    "name": "locality name", "work": r"(?:20[0-9]{2} )?pw gpci.*", "practice_expense": r"(?:20[0-9]{2} )?pe gpci.*",
    "malpractice": r"(?:20[0-9]{2} )?mp gpci.*",
}  # fmt: skip
_SHAPES = {
    "mac": re.compile("[0-9]{5}", re.ASCII), "state": re.compile("[A-Z]{2}", re.ASCII),
    "locality": re.compile("[0-9]{2}", re.ASCII), "name": re.compile(".+"),
}  # fmt: skip


def _recognise(head: Head) -> Recognised | None:
    headings = [plain(cell) for record in first_records(head) if _is_heading(record) for cell in record]
    if not headings:
        return None
    return by_year(Table.GPCI, year_in(head.name) or year_in(" ".join(headings)), "practice cost indices")


def _is_heading(record: Sequence[str]) -> bool:
    cells = [plain(cell) for cell in record]
    return len(cells) > 5 and sum(bool(re.fullmatch(r"(?:20[0-9]{2} )?(?:pw|pe|mp) gpci.*", one)) for one in cells) > 1


def _read(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    where: dict[str, int] = {}
    width, keys = 0, Keys("MAC, locality")
    for line, record in records_in(sources[0], faults):
        cells = [cell.strip() for cell in record]
        if not where:
            if _is_heading(record):
                refuse_contradiction(year_in(sources[0].name), year_in(" ".join(cells)), sources[0].name, faults)
                width, where = len(record), places(_floored(cells), _COLUMNS, line, faults)
        elif is_footnote(cells):
            continue
        elif len(cells) != width:
            faults.add("columns", f"{len(cells)} columns; the header has {width}.", line=line, value=cells[0])
        else:
            texts = {name: cells[at] for name, at in where.items()}
            names, indices = _names(texts, line, faults), _indices(texts, line, faults)
            if keys.is_new((names[0], names[2]), line, faults):
                yield "locality", (*names, *indices)
    if not where:
        faults.add("header", "The header line with the three indices is missing.", line=1)


def _floored(cells: Sequence[str]) -> list[str]:
    """The headings without the unfloored work index where a floored one stands beside it."""
    work = [cell for cell in cells if re.fullmatch(_COLUMNS["work"], plain(cell))]
    return ["" if len(work) > 1 and cell in work and _WITHOUT_FLOOR in plain(cell) else cell for cell in cells]


def _names(texts: dict[str, str], line: int, faults: Faults) -> list[str]:
    for name, shape in _SHAPES.items():
        if not shape.fullmatch(texts[name]):
            mend = "A spreadsheet drops leading zeros: load the file as it was published."
            faults.add("locality", f"Not a {name}.", line=line, column=name, value=texts[name], mend=mend)
    return [texts[name].rstrip("* ") for name in _SHAPES]


def _indices(texts: dict[str, str], line: int, faults: Faults) -> list[int]:
    return [needed(texts[name], 3, faults, line, name) for name in ("work", "practice_expense", "malpractice")]


def _canaries(volume: Volume, what: Recognised) -> Sequence[Canary]:
    if what.label != "2025":
        return ()
    question = "SELECT work || '/' || practice_expense || '/' || malpractice FROM locality WHERE state = 'AL'"
    return (
        counted(volume, "localities", "SELECT count(*) FROM locality", 109),
        counted(volume, "indices of Alabama, thousandths", question, "1000/869/575"),
    )


READER = Reader("pfs gpci csv", (_LOCALITY,), _recognise, _read, _canaries)
