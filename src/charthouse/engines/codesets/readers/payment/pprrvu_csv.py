"""PPRRVU csv: four stacked header rows with repeating names above the column row, so it is mapped by position.

31 columns in 2025; 32 from 2026 on, with a price indicator after team surgery. The headings are read down the stack
and each is compared before any row is.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Head, Reader, Recognised, Row
from charthouse.engines.codesets.loading.source import Source
from charthouse.engines.codesets.readers.payment import values
from charthouse.engines.codesets.readers.payment.headings import Keys, check, plain
from charthouse.engines.codesets.readers.payment.records import PLAIN, first_records, records_in
from charthouse.engines.codesets.readers.payment.releases import refuse_contradiction

_STACKED = 4
_BEFORE = {
    "code": "hcpcs", "modifier": "mod", "description": ".*description", "status": "status code",
    "not used": "not used for medicare payment", "work": "work rvu", "nonfacility_pe": "non-fac pe rvu",
    "nonfacility_na": "non-fac na indicator", "facility_pe": "facility pe rvu",
    "facility_na": "facility na indicator", "malpractice": "mp rvu", "nonfacility_total": "non-facility total",
    "facility_total": "facility total", "pctc": "pctc ind", "global_days": "glob days", "pre": "pre op",
    "intra": "intra op", "post": "post op", "multiple_procedure": "mult proc", "bilateral": "bilat surg",
    "assistant": "asst surg", "co_surgeon": "co- surg", "team": "team surg",
}  # fmt: skip
_PRICE = {"price_indicator": "pric ind"}
_AFTER = {
    "endoscopic_base": "endo base", "conversion_factor": "conv factor",
    "supervision": "physician supervision of diagnostic procedures", "calculation_flag": "calculation flag",
    "imaging_family": "diagnostic imaging family indicator",
    "opps_nonfacility_pe": "non-facility pe used for opps payment amount",
    "opps_facility_pe": "facility pe used for opps payment amount",
    "opps_malpractice": "mp used for opps payment amount",
}  # fmt: skip


def _recognise(head: Head) -> Recognised | None:
    is_layout = any(_is_last_heading(record) for record in first_records(head))
    return values.release_of(head) if is_layout else None


def _is_last_heading(record: Sequence[str]) -> bool:
    names = {plain(cell) for cell in record}
    return len(record) > 20 and len(names & {"hcpcs", "mod", "description", "factor", "procedures"}) >= 4


def _read(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    name, data = sources[0].name, sources[0].head()
    refuse_contradiction(values.told_by_name(name), values.told_by_content(data), name, faults)
    above: deque[list[str]] = deque(maxlen=_STACKED)
    places: list[int | None] = []
    width, keys = 0, Keys("HCPCS, MOD")
    for line, record in records_in(sources[0], faults, PLAIN):
        if not width:
            if _is_last_heading(record):
                width, places = len(record), _places([*above, record], line, faults)
            above.append(record)
        elif len(record) != width:
            message = f"{len(record)} columns; the header has {width}."
            faults.add("columns", message, line=line, column=min(len(record), width) + 1, value=record[0])
        elif row := values.value_of([record[at] if at is not None else "" for at in places], line, faults):
            values.check_factor(row, what, line, faults)
            if keys.is_new((str(row[0]), str(row[1])), line, faults):
                yield "value", row
    if not width:
        faults.add("header", "The header line that starts with HCPCS, MOD is missing.", line=1)


def _places(stack: Sequence[Sequence[str]], line: int, faults: Faults) -> list[int | None]:
    """Where each column of the sheet stands, after the headings were read downwards and compared."""
    width = len(stack[-1])
    columns = {**_BEFORE, **(_PRICE if width > len(_BEFORE) + len(_AFTER) else {}), **_AFTER}
    headings = [" ".join(row[at] for row in stack if at < len(row)) for at in range(width)]
    check(headings, columns, line, faults)
    if width != len(columns):
        faults.add("header", f"{width} columns; {len(columns)} are known.", line=line, column=width)
        faults.settle()
    names = list(columns)
    return [names.index(name) if name in names else None for name in values.VALUE.names]


READER = Reader("pfs relative values csv", (values.VALUE,), _recognise, _read, values.canaries)
