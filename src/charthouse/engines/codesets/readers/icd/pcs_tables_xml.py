"""The ICD-10-PCS tables (`ICD10PCS.tabular`): which values each axis of a code can take.

`pcsTable(axis[@pos=1..3 @values](title, label[@code], definition), pcsRow[@codes](axis[@pos=4..7 @values](…)…)…)`. The
codes of a row are all combinations of the labels of its four axes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Head, Reader, Recognised, Row
from charthouse.engines.codesets.loading.source import Source
from charthouse.engines.codesets.readers.icd.pcs_rows import AXIS, TABLE, Tables
from charthouse.engines.codesets.readers.icd.xml import elements, is_root, refuse_other_year, version_in
from charthouse.engines.codesets.readers.icd.years import CodesOfDay, release_of
from charthouse.engines.codesets.shelf import Canary, Table, Volume

_ROOT = "ICD10PCS.tabular"
_CODES = """SELECT a.pcs_table || a.value || b.value || c.value || d.value FROM axis a
JOIN axis b ON b.pcs_table = a.pcs_table AND b.row = a.row AND b.position = 5
JOIN axis c ON c.pcs_table = a.pcs_table AND c.row = a.row AND c.position = 6
JOIN axis d ON d.pcs_table = a.pcs_table AND d.row = a.row AND d.position = 7 WHERE a.position = 4"""


def _recognise(head: Head) -> Recognised | None:
    if not is_root(head, _ROOT):
        return None
    return release_of(Table.ICD10PCS_TABLES, head.name, version_in(head.data))


def _read(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    refuse_other_year(sources[0], faults)
    tables = Tables(CodesOfDay(what), faults)
    for element in elements(sources[0], _ROOT, ("pcsTable",), faults):
        yield from tables.rows(element)


def _canaries(volume: Volume, what: Recognised) -> Sequence[Canary]:
    codes = {str(row[0]) for row in volume.rows(_CODES)}
    return CodesOfDay(what).canaries(len(codes), min(codes, default=""), max(codes, default=""))


READER = Reader("icd-10-pcs tables xml", (TABLE, AXIS), _recognise, _read, _canaries)
