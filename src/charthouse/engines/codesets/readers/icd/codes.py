"""The shapes of codes, and the sheet that order files and codes files fill."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from charthouse.engines.codesets.loading.reader import Recognised
from charthouse.engines.codesets.readers.icd.years import CodesOfDay
from charthouse.engines.codesets.shelf import Canary, Sheet, Table, Volume

CM = re.compile(r"[A-Z](?:[0-9][0-9A-Z]|[A-Z][0-9])[0-9A-Z]{0,4}", re.ASCII)
PCS = re.compile(r"[0-9A-HJ-NP-Z]{7}", re.ASCII)  # the letters I and O are never used
PCS_TABLE = re.compile(r"[0-9A-HJ-NP-Z]{3}", re.ASCII)
SHEET = Sheet("code", ("code TEXT", "is_billable INTEGER", "short TEXT", "long TEXT"), ("code",))


def is_code(table: Table, code: str, *, is_billable: bool) -> bool:
    """Whether a code or header of an order or codes file has the shape its system uses."""
    if table is Table.ICD10CM_CODES:
        return bool(CM.fullmatch(code))
    return bool((PCS if is_billable else PCS_TABLE).fullmatch(code))


def system_of(codes: Iterable[tuple[str, bool]], name: str) -> Table:
    """Which system some codes (with: are they billable) are of; their file's name only where they leave it open.

    ICD-10-PCS has tables of three characters and codes of seven; only its codes start with a digit.
    """
    known = list(codes)
    if any(code[:1].isdigit() for code, _ in known):
        return Table.ICD10PCS_CODES
    fits = [is_code(Table.ICD10PCS_CODES, code, is_billable=is_billable) for code, is_billable in known]
    return Table.ICD10PCS_CODES if "pcs" in name.lower() and (all(fits) or not fits) else Table.ICD10CM_CODES


def canaries(volume: Volume, what: Recognised) -> Sequence[Canary]:
    """The billable codes against those of the code editor's master."""
    found = volume.first("SELECT count(*), min(code), max(code) FROM code WHERE is_billable = 1")
    count, first, last = found or (0, "", "")
    return CodesOfDay(what).canaries(int(str(count)), str(first), str(last))
