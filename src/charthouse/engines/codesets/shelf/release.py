"""A release of a table: when it is in force, where it came from, what came in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from charthouse.engines.codesets.shelf.tables import Table


class ReleaseState(StrEnum):
    """Whether a release answers. A withdrawn one stays on the shelf and can be put back."""

    IN_FORCE = "in-force"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that a release was read from."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Canary:
    """A known value of the real file, and what was found. One that does not hold is a warning, never silence."""

    what: str
    expected: str
    found: str

    @property
    def holds(self) -> bool:
        """Whether the file has the value it should have."""
        return self.expected == self.found


@dataclass(frozen=True, slots=True)
class Release:
    """One release, or one `part` of a release that comes in several files. `starts` and `ends` are both included."""

    uid: str
    table: Table
    label: str
    starts: date
    ends: date | None
    part: str
    rows: Mapping[str, int]
    sources: tuple[SourceFile, ...]
    loaded_at: datetime
    state: ReleaseState = ReleaseState.IN_FORCE
    canaries: tuple[Canary, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def fingerprint(self) -> tuple[str, ...]:
        """What it was read from, whatever the files were called."""
        return tuple(sorted(source.sha256 for source in self.sources))

    def covers(self, day: date) -> bool:
        """Whether the release may answer for a day."""
        return self.starts <= day and (self.ends is None or day <= self.ends)

    def as_data(self) -> dict[str, Any]:
        """The release as JSON can hold it."""
        return {
            "uid": self.uid,
            "table": self.table.value,
            "label": self.label,
            "starts": self.starts.isoformat(),
            "ends": self.ends.isoformat() if self.ends else None,
            "part": self.part,
            "rows": dict(self.rows),
            "sources": [{"name": one.name, "sha256": one.sha256, "size": one.size} for one in self.sources],
            "loaded_at": self.loaded_at.isoformat(),
            "state": self.state.value,
            "canaries": [{"what": c.what, "expected": c.expected, "found": c.found} for c in self.canaries],
            "notes": dict(self.notes),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Release:
        """Read back what `as_data` gave."""
        return cls(
            uid=data["uid"],
            table=Table(data["table"]),
            label=data["label"],
            starts=date.fromisoformat(data["starts"]),
            ends=date.fromisoformat(data["ends"]) if data["ends"] else None,
            part=data["part"],
            rows=data["rows"],
            sources=tuple(SourceFile(**one) for one in data["sources"]),
            loaded_at=datetime.fromisoformat(data["loaded_at"]),
            state=ReleaseState(data["state"]),
            canaries=tuple(Canary(**one) for one in data["canaries"]),
            notes=data["notes"],
        )
