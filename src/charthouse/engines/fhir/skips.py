"""What the bundle held and the chart does not, counted by resource type."""

from __future__ import annotations

from collections import Counter

from charthouse.kit import Skipped


class Skips:
    """Collects what was not taken: one entry per kind of thing and reason, with its count and its first place."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._first: dict[tuple[str, str], str] = {}

    def add(self, place: str, what: str, why: str) -> None:
        """Note one thing that was not taken."""
        self._counts[what, why] += 1
        self._first.setdefault((what, why), place)

    def entries(self) -> tuple[Skipped, ...]:
        """Everything noted, in order of first sight."""
        return tuple(
            Skipped(self._first[what, why], f"{count} {what}", why) for (what, why), count in self._counts.items()
        )
