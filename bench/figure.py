"""One figure with its budget, and the arithmetic of times."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any


def _load() -> float:
    return os.getloadavg()[0]


class NotMeasured(Exception):
    """Something did not do what was to be timed; the message says what."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, what came out, what was wanted; `is_met` is None where nothing is promised."""

    what: str
    value: str
    budget: str = ""
    is_met: bool | None = None
    load: float = field(default_factory=_load)


def milliseconds(call: Callable[..., object], *given: Any, **named: Any) -> float:
    """How long a call takes."""
    started = time.perf_counter()
    call(*given, **named)
    return 1000 * (time.perf_counter() - started)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of the values does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * round(share * 100) // 100) - 1)]


def times(what: str, spent: Sequence[float], budget: float | None = None) -> Figure:
    """A figure of many times in milliseconds, held against a budget for its p95."""
    p95 = percentile(spent, 0.95)
    value = f"p50 {median(spent):.1f}  p95 {p95:.1f} ms  (n={len(spent)})"
    return Figure(what, value, f"p95 <= {budget:g} ms" if budget else "", p95 <= budget if budget else None)


def seconds(what: str, spent: Sequence[float], budget: float) -> Figure:
    """A figure of a few runs in seconds: their median is held against the budget."""
    middle = median(spent)
    runs = f"  (median of {len(spent)}, worst {max(spent):.2f})" if len(spent) > 1 else ""
    return Figure(what, f"{middle:.3f} s{runs}", f"< {budget:g} s", middle < budget)
