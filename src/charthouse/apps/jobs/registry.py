"""Where apps put the work that repeats by itself: functions in their `tasks.py`, found by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from django.utils.module_loading import autodiscover_modules

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A piece of work, how often it is due, and how long one run may hold it before another worker may try."""

    name: str
    every: timedelta
    run: Work
    lease: timedelta = timedelta(minutes=5)


_registered: dict[str, Repeated] = {}


def periodic(name: str, every_seconds: float) -> Callable[[Work], Work]:
    """Register the decorated function as a job; the same name again takes its place."""

    def register(work: Work) -> Work:
        _registered[name] = Repeated(name, timedelta(seconds=every_seconds), work)
        return work

    return register


def repeated() -> list[Repeated]:
    """Every registered job, in the order of registration."""
    _find_tasks()
    return list(_registered.values())


@cache
def _find_tasks() -> None:
    # Not at start-up: commands that run no jobs need not import what jobs need.
    autodiscover_modules("tasks")
