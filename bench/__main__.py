"""Measures part after part and prints one table; nothing here is a test, and nothing fails on a busy machine."""

from __future__ import annotations

import sys
import time
from importlib import import_module

from bench import house
from bench.figure import Figure, NotMeasured
from bench.machine import facts
from bench.table import show

ALONE = ("search", "codesets", "startup")
# Lists come last: they fill the house with what would change the other figures.
WITH_HOUSE = ("concurrent", "chart", "coding", "weight", "hostile", "claim", "lists")


def main(wanted: list[str]) -> int:
    """Measure the wanted parts, or all of them; print to standard output what was found."""
    parts = wanted or [*ALONE, *WITH_HOUSE]
    unknown = [part for part in parts if part not in ALONE + WITH_HOUSE]
    if unknown:
        print(f"There is no part called {', '.join(unknown)}. Parts: {', '.join(ALONE + WITH_HOUSE)}.")
        return 2
    print(facts(), flush=True)
    found = [figure for part in parts for figure in _measure(part)]
    show(found)
    return 0


def _measure(part: str) -> list[Figure]:
    started = time.monotonic()
    print(f"measuring {part}", end=" ", file=sys.stderr, flush=True)
    if part in WITH_HOUSE:
        house.make()  # before the part is imported: its models need settings
    figures: list[Figure] = []
    try:
        figures += import_module(f"bench.{part}").figures()
    except NotMeasured as error:
        figures.append(Figure(part, f"not measured: {error}", is_met=False))
    print(f"({time.monotonic() - started:.0f} s)", file=sys.stderr, flush=True)
    return figures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
