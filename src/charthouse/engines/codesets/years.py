"""Days that no package knows, answered by loaded codes files; and where such a file and the package disagree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from charthouse.engines.codesets.shelf import Release, ReleaseState, Shelf, Table, Volume
from charthouse.engines.codesets.validity import Period, ValidityTable, as_date, as_number, joined

_DAY = timedelta(days=1)
_BILLABLE = "SELECT code FROM code WHERE is_billable = 1"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Codes of one release that only the loaded file, or only the package, holds to be valid on its first day."""

    only_file: tuple[str, ...]
    only_package: tuple[str, ...]


def extended(table: ValidityTable, shelf: Shelf, codes: Table) -> ValidityTable:
    """The table with the days outside it filled from loaded codes files; days between that nobody knows are gaps."""
    added: dict[str, list[Period]] = defaultdict(list)
    filled: list[Period] = [(table.first, table.last)]
    for start, end, release in _stretches(table, shelf, codes):
        span = as_number(start), as_number(end)
        filled.append(span)
        for code in billable(shelf.volume(release)):
            added[code].append(span)
    if not added:
        return table
    periods = table.periods | {code: joined((*table.periods.get(code, ()), *spans)) for code, spans in added.items()}
    known = joined(filled)
    gaps = tuple(
        (as_number(as_date(before[1]) + _DAY), as_number(as_date(after[0]) - _DAY)) for before, after in pairwise(known)
    )
    in_order = {code: periods[code] for code in sorted(periods)}
    return replace(table, periods=in_order, first=known[0][0], last=known[-1][1], gaps=gaps)


def billable(volume: Volume) -> Iterator[str]:
    """The codes of a codes file that may be reported."""
    return (str(row[0]) for row in volume.rows(_BILLABLE))


def disagreement(table: ValidityTable, shelf: Shelf, release: Release) -> Disagreement:
    """What a loaded codes file says otherwise than the package about the day it starts; nothing where only it knows."""
    if not table.covers(release.starts):
        return Disagreement((), ())
    loaded = set(billable(shelf.volume(release)))
    packaged = {code for code in table.periods if table.is_valid(code, release.starts)}
    return Disagreement(tuple(sorted(loaded - packaged)), tuple(sorted(packaged - loaded)))


def _stretches(table: ValidityTable, shelf: Shelf, codes: Table) -> Iterator[tuple[date, date, Release]]:
    """Runs of days outside the table through which one release answers."""
    loaded = [one for one in shelf.releases(codes) if one.state is ReleaseState.IN_FORCE]
    first, after = as_date(table.first), as_date(table.last) + _DAY
    edges = {first, after, *(one.starts for one in loaded), *(one.ends + _DAY for one in loaded if one.ends)}
    if any(one.ends is None for one in loaded):
        edges.add(date.max)
    ordered = sorted(edges)
    for start, end in pairwise(ordered):
        if not first <= start < after:
            for release in shelf.on(codes, start):
                yield start, end - _DAY, release
