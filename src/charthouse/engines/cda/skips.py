"""What the document held and the chart does not, counted and grouped."""

from __future__ import annotations

from collections import Counter

from charthouse.kit import Skipped


class Skips:
    """Collects what was not taken; the same thing at the same place is told once, with its count."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str, str]] = Counter()

    def add(self, place: str, what: str, why: str) -> None:
        """Note one thing that was not taken."""
        self._counts[place, what, why] += 1

    def entries(self) -> tuple[Skipped, ...]:
        """Everything noted, in order of first sight."""
        return tuple(
            Skipped(place, what if count == 1 else f"{what} ({count} times)", why)
            for (place, what, why), count in self._counts.items()
        )
