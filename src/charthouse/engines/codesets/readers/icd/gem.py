"""The general equivalence mappings between ICD-9-CM and ICD-10-CM (`2018_I9gem.txt`, `2018_I10gem.txt`).

19 columns: source, target, five flags (approximate, no map, combination, scenario, choice list). ICD-9-CM has 5 columns
and ICD-10-CM 7, so forward lines have the target in 7-13, backward ones in 9-13. 2018 is the last year there is: its
mapping stays in force. Source: `Dxgem_guide_2018.pdf` in CMS's zip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Head, Reader, Recognised, Row
from charthouse.engines.codesets.loading.source import Source
from charthouse.engines.codesets.readers.cells import counted
from charthouse.engines.codesets.readers.icd.codes import CM
from charthouse.engines.codesets.readers.icd.lines import Once, lines_in
from charthouse.engines.codesets.readers.icd.years import release_of
from charthouse.engines.codesets.shelf import Canary, Sheet, Table, Volume

_FLAGS = ("approximate", "no_map", "combination", "scenario", "choice")
_SHEET = Sheet(
    "map",
    ("source TEXT", "target TEXT", *(f"{flag} INTEGER" for flag in _FLAGS)),
    ("source", "scenario", "choice", "target"),
)
_ICD9 = re.compile(r"[0-9]{3,5}|V[0-9]{2,4}|E[0-9]{3,4}", re.ASCII)
_NOWHERE = "NoDx"
_LINES = {
    Table.GEM_FORWARD: re.compile(rb"(?=.{5} [^ ].{6} [0-9]{5}\s*$)[0-9EV][0-9]{2,4} *(?:[A-Z][0-9A-Z]{2,6}|NoDx) +\d"),
    Table.GEM_BACKWARD: re.compile(
        rb"(?=.{7} [^ ].{4} [0-9]{5}\s*$)[A-Z][0-9A-Z]{2,6} +(?:[0-9EV][0-9]{2,4}|NoDx) +\d"
    ),
}
_NAMES = {Table.GEM_FORWARD: re.compile(r"i-?9gem.*\.txt$"), Table.GEM_BACKWARD: re.compile(r"i-?10gem.*\.txt$")}
_WIDTH, _SOURCE_ENDS = 19, {Table.GEM_FORWARD: 6, Table.GEM_BACKWARD: 8}
_COUNTS = {Table.GEM_FORWARD: (24_860, 14_567), Table.GEM_BACKWARD: (81_593, 71_704)}  # of 2018


def _recognise(head: Head) -> Recognised | None:
    lines = head.data.removeprefix(b"\xef\xbb\xbf").splitlines()[:400]
    for table, shape in _LINES.items():
        fits = sum(bool(shape.match(line)) for line in lines)
        if fits * 2 > len(lines) or _NAMES[table].search(head.name.lower()):
            what = release_of(table, head.name)
            return replace(what, label=what.label.replace("FY ", "GEM "), ends=None)
    return None


def _read(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    once = Once(faults)
    for number, line in lines_in(sources[0], faults):
        shown = line.decode("latin-1").rstrip()
        if len(shown) != _WIDTH:
            message = f"A line has {_WIDTH} columns, this one {len(shown)}."
            faults.add("line", message, line=number, column=min(len(shown), _WIDTH), value=shown)
            continue
        split = _SOURCE_ENDS[what.table]
        source, target, digits = shown[:split].rstrip(), shown[split:14].rstrip(), shown[14:]
        if _are_codes(source, target, what.table, number, faults) and _are_flags(digits, target, number, faults):
            flags = tuple(map(int, digits))
            if once.is_first((source, *flags[3:], target), f"{source} {target}", number, "target"):
                yield "map", (source, target, *flags)


def _are_codes(source: str, target: str, table: Table, number: int, faults: Faults) -> bool:
    shapes = (_ICD9, CM) if table is Table.GEM_FORWARD else (CM, _ICD9)
    for column, code, shape in (("source", source, shapes[0]), ("target", target, shapes[1])):
        if not shape.fullmatch(code) and not (column == "target" and code == _NOWHERE):
            system = "ICD-9-CM" if shape is _ICD9 else "ICD-10-CM"
            faults.add("code", f"Not an {system} code.", line=number, column=column, value=code)
            return False
    return True


def _are_flags(digits: str, target: str, number: int, faults: Faults) -> bool:
    for place, digit in enumerate(digits):
        if digit not in ("01" if place < 3 else "0123456789"):
            message = f"The flag `{_FLAGS[place]}` cannot be this."
            faults.add("flag", message, line=number, column=_FLAGS[place], value=digit)
            return False
    if (digits[1] == "1") != (target == _NOWHERE):
        message = "The flag and the target disagree on whether there is a code."
        faults.add("flag", message, line=number, column="no_map", value=f"{target} {digits}")
        return False
    return True


def _canaries(volume: Volume, what: Recognised) -> Sequence[Canary]:
    if what.label != "GEM 2018":
        return ()
    rows, sources = _COUNTS[what.table]
    return (
        counted(volume, "rows", "SELECT count(*) FROM map", rows),
        counted(volume, "codes mapped from", "SELECT count(DISTINCT source) FROM map", sources),
    )


READER = Reader("gem", (_SHEET,), _recognise, _read, _canaries)
