"""Counties of the payment localities (25LOCCO csv).

Leading zeros are gone in the published file: contractors are filled up to five digits and localities to two, so they
are the same as in GPCI. A blank contractor or state is that of the line above; a line with nothing but counties
continues the line above. A locality may have two lines with the same key, so the sheet has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Head, Reader, Recognised, Row
from charthouse.engines.codesets.loading.source import Source
from charthouse.engines.codesets.readers.cells import counted
from charthouse.engines.codesets.readers.payment.headings import alike, below, is_footnote
from charthouse.engines.codesets.readers.payment.records import first_records, records_in
from charthouse.engines.codesets.readers.payment.releases import by_year, refuse_contradiction, year_in
from charthouse.engines.codesets.shelf import Canary, Sheet, Table, Volume

_COUNTY = Sheet(
    "county",
    ("mac TEXT", "locality TEXT", "state TEXT", "area TEXT", "counties TEXT"),
    indexes=(("mac", "locality"),),
)
_COLUMNS = {
    "MAC": r"medicare admini?strative contractor.*|mac", "Locality Number": "locality number", "State": "state",
    "Fee Schedule Area": "fee schedule area", "Counties": "counties",
}  # fmt: skip


def _recognise(head: Head) -> Recognised | None:
    records = first_records(head)
    if not any(alike(record, _COLUMNS) for record in records):
        return None
    return by_year(Table.LOCALITIES, _year_of_name(head.name) or _year_of(records), "localities")


def _year_of_name(name: str) -> int | None:
    short = re.match(r"([0-9]{2})locco", name.lower(), re.ASCII)
    return 2000 + int(short[1]) if short else year_in(name)


def _year_of(records: Sequence[Sequence[str]]) -> int | None:
    return year_in(" ".join(cell for record in records[:3] for cell in record))


def _read(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    name = sources[0].name
    said = _year_of(first_records(Head(name, sources[0].head())))
    refuse_contradiction(_year_of_name(name), said, name, faults)
    waiting: list[str] = []
    for line, record in below(records_in(sources[0], faults), _COLUMNS, faults):
        cells = [" ".join(cell.split()) for cell in record]
        if len(cells) != len(_COLUMNS):
            faults.add("columns", f"{len(cells)} columns; {len(_COLUMNS)} are needed.", line=line, value=cells[0])
        elif waiting and not any(cells[:4]):
            waiting[4] = f"{waiting[4]}, {cells[4]}"
        elif is_footnote(cells):
            continue
        else:
            if waiting:
                yield "county", tuple(waiting)
            waiting = _county(cells, waiting, line, faults)
    if waiting:
        yield "county", tuple(waiting)


def _county(cells: Sequence[str], above: Sequence[str], line: int, faults: Faults) -> list[str]:
    mac, locality, state, area, counties = cells
    mac, state = mac or (above[0] if above else ""), state or (above[2] if above else "")
    if not re.fullmatch("[0-9]{4,5}", mac, re.ASCII):
        faults.add("contractor", "Not a contractor number.", line=line, column=1, value=mac)
    if not re.fullmatch("[0-9]{1,2}", locality, re.ASCII):
        faults.add("locality", "Not a locality number.", line=line, column=2, value=locality)
    if not (state and area):
        faults.add("blank", "A state or fee schedule area is missing.", line=line, column="3, 4")
    return [mac.zfill(5), locality.zfill(2), state, area.rstrip("* "), counties]


def _canaries(volume: Volume, what: Recognised) -> Sequence[Canary]:
    if what.label != "2025":
        return ()
    return (
        counted(volume, "lines", "SELECT count(*) FROM county", 110),
        counted(volume, "localities", "SELECT count(*) FROM (SELECT DISTINCT mac, locality FROM county)", 109),
    )


READER = Reader("pfs localities csv", (_COUNTY,), _recognise, _read, _canaries)
