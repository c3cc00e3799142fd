"""Prints figures as one table."""

from __future__ import annotations

from collections.abc import Sequence

from bench.figure import Figure

_VERDICTS = {True: "met", False: "MISSED", None: ""}


def show(figures: Sequence[Figure]) -> None:
    """Print a line for each figure, columns aligned, and how many budgets were missed."""
    rows = [("figure", "measured", "budget", "verdict", "load")]
    rows += [(one.what, one.value, one.budget, _VERDICTS[one.is_met], f"{one.load:.1f}") for one in figures]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    promised = [one for one in figures if one.is_met is not None]
    print(f"{sum(one.is_met is True for one in promised)} of {len(promised)} budgets met")
