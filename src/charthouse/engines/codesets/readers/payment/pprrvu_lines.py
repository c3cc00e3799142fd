"""PPRRVU text: 200 characters a line under lines that start with `HDR`; columns as CMS's layout sheet of 2025 has them.

The column of the price indicator of 2026 is not known to be checked, so later text files are refused: the csv beside
them says the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Head, Reader, Recognised, Row
from charthouse.engines.codesets.loading.source import Source
from charthouse.engines.codesets.readers.payment import values
from charthouse.engines.codesets.readers.payment.headings import Keys
from charthouse.engines.codesets.readers.payment.records import lines_in
from charthouse.engines.codesets.readers.payment.releases import refuse_contradiction

WIDTH = 200
LAST_KNOWN_YEAR = 2025
COLUMNS: dict[str, tuple[int, int]] = {  # first and last character, counted from 1
    "code": (1, 5), "modifier": (6, 7), "status": (58, 58), "work": (60, 65), "nonfacility_pe": (67, 72),
    "nonfacility_na": (73, 74), "facility_pe": (76, 81), "facility_na": (82, 83), "malpractice": (85, 89),
    "nonfacility_total": (91, 96), "facility_total": (97, 102), "pctc": (103, 103), "global_days": (104, 106),
    "pre": (107, 109), "intra": (110, 112), "post": (113, 115), "multiple_procedure": (116, 116),
    "bilateral": (117, 117), "assistant": (118, 118), "co_surgeon": (119, 119), "team": (120, 120),
    "endoscopic_base": (128, 132), "conversion_factor": (133, 140), "supervision": (142, 143),
    "calculation_flag": (144, 144), "imaging_family": (146, 147), "opps_nonfacility_pe": (152, 157),
    "opps_facility_pe": (159, 164), "opps_malpractice": (166, 171),
}  # fmt: skip
_SHARES = {"pre", "intra", "post"}  # per cent as `.10` or as `010`
_DATA = re.compile(rb"\n[0-9A-Z]{5}[0-9A-Z ]{2}.{50}[A-Z]")


def _recognise(head: Head) -> Recognised | None:
    if not head.data.startswith(b"HDR") or not _DATA.search(head.data[:10_000].replace(b"\r", b"")):
        return None
    return values.release_of(head)


def _read(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    name, data = sources[0].name, sources[0].head()
    refuse_contradiction(values.told_by_name(name), values.told_by_content(data), name, faults)
    if what.starts and what.starts.year > LAST_KNOWN_YEAR:
        mend = "Load the csv file of the same release."
        faults.add("layout", f"The columns of the text file are known up to {LAST_KNOWN_YEAR}.", line=1, mend=mend)
        faults.settle()
    keys = Keys("HCPCS, MOD")
    for line, ended in lines_in(sources[0], faults):
        text = ended.rstrip("\r\n")
        if text.startswith("HDR") or not text.strip("\x1a "):
            continue
        if len(text) != WIDTH or not ended.endswith("\n"):
            faults.add("line", f"{len(text)} characters with an end; {WIDTH} are needed.", line=line, value=text[:7])
        elif row := values.value_of([_text(text, name) for name in values.VALUE.names], line, faults):
            values.check_factor(row, what, line, faults)
            if keys.is_new((str(row[0]), str(row[1])), line, faults):
                yield "value", row


def _text(line: str, name: str) -> str:
    first, last = COLUMNS.get(name, (1, 0))
    text = line[first - 1 : last].strip()
    if name in _SHARES and text.isdigit():
        return f"{text[:-2] or '0'}.{text[-2:]:0>2}"
    return text


READER = Reader("pfs relative values text", (values.VALUE,), _recognise, _read, values.canaries)
