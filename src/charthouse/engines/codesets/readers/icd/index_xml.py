"""The four index files of ICD-10-CM (`ICD10CM.index`): alphabetic, external cause, neoplasms, drugs.

`letter > mainTerm(title(nemod), see, seeAlso, code, seecat, subcat, manif, warning, cell[@col], term[@level](…))`; the
two tables name their columns in `indexHeading/head`. Codes may end in `-`: more characters are needed. Source: the
CDC's schemas of 2011-05-29 and 2019-05-17.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Head, Reader, Recognised, Row
from charthouse.engines.codesets.loading.source import Source
from charthouse.engines.codesets.readers.cells import counted
from charthouse.engines.codesets.readers.icd.index_entries import CELL, ENTRY, Entries
from charthouse.engines.codesets.readers.icd.xml import elements, is_root, refuse_other_year, text_in, version_in
from charthouse.engines.codesets.readers.icd.years import release_of
from charthouse.engines.codesets.shelf import Canary, Table, Volume

_ROOT = "ICD10CM.index"
_TITLE = re.compile(rb"</version>\s*<title>([^<]*)</title>")
_FIRST_HEAD = re.compile(rb"<head\s[^>]*>([^<]*)</head>")
_KINDS = (
    ("neoplasm", Table.ICD10CM_NEOPLASM),
    ("substance", Table.ICD10CM_DRUG),
    ("external cause", Table.ICD10CM_EXTERNAL_CAUSE),
    ("diseases", Table.ICD10CM_INDEX),
)
_NAMED = (
    ("neoplasm", Table.ICD10CM_NEOPLASM),
    ("drug", Table.ICD10CM_DRUG),
    ("eindex", Table.ICD10CM_EXTERNAL_CAUSE),
)
_COUNTS = {  # main terms, terms under them, entries with codes or cells with codes: the release of April 2025
    Table.ICD10CM_INDEX: (8_100, 72_924, 62_721),
    Table.ICD10CM_EXTERNAL_CAUSE: (314, 7_750, 6_650),
    Table.ICD10CM_DRUG: (5_177, 2_251, 40_026),
    Table.ICD10CM_NEOPLASM: (1, 1_938, 9_018),
}
_LETTERS = {Table.ICD10CM_INDEX: "A", Table.ICD10CM_EXTERNAL_CAUSE: "A", Table.ICD10CM_NEOPLASM: "N"}


def _recognise(head: Head) -> Recognised | None:
    if not is_root(head, _ROOT):
        return None
    return release_of(_kind(head), head.name, version_in(head.data))


def _kind(head: Head) -> Table:
    """Which of the four it is: the first column of the two tables and the title of the others tell; else the name."""
    for found in (_FIRST_HEAD.search(head.data), _TITLE.search(head.data)):
        told = found[1].decode("utf-8", "replace").lower() if found else ""
        for mark, table in _KINDS:
            if mark in told:
                return table
    return next((table for mark, table in _NAMED if mark in head.name.lower()), Table.ICD10CM_INDEX)


def _read(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    refuse_other_year(sources[0], faults)
    entries, letter = Entries(faults), ""
    for element in elements(sources[0], _ROOT, ("head", "title", "mainTerm"), faults):
        if element.tag == "head":
            entries.headings[element.get("col", "")] = text_in(element)
        elif element.tag == "title":
            letter = text_in(element)
        else:
            yield from entries.under(element, letter)


def _canaries(volume: Volume, what: Recognised) -> Sequence[Canary]:
    found = []
    if what.table in _LETTERS:
        first = "SELECT letter FROM entry ORDER BY number LIMIT 1"
        found.append(counted(volume, "first letter", first, _LETTERS[what.table]))
    if what.label == "FY 2025":
        main, under, codes = _COUNTS[what.table]
        coded = "SELECT (SELECT count(*) FROM entry WHERE code <> '') + (SELECT count(*) FROM cell)"
        found += [
            counted(volume, "main terms", "SELECT count(*) FROM entry WHERE parent = 0", main),
            counted(volume, "terms under them", "SELECT count(*) FROM entry WHERE parent <> 0", under),
            counted(volume, "codes", coded, codes),
        ]
    return found


READER = Reader("icd-10-cm index xml", (ENTRY, CELL), _recognise, _read, _canaries)
