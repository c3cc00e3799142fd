"""A coder's own day: how much was coded, and how fast."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise

from django.utils import timezone

from charthouse.apps.accounts.models import Person
from charthouse.apps.coding.models import CodingChange, CodingSession
from charthouse.apps.core.clock import now, today

# Between two steps no more than this counts as work: somebody reading makes no steps, somebody away makes none either.
LONGEST_STEP = timedelta(minutes=10)
_LEAST_FOR_A_PACE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Day:
    """Charts made final today and the minutes worked on them; `per_hour` is None until there is enough to tell."""

    coded: int
    worked_minutes: int
    per_hour: float | None
    basis: str


def my_day(person: Person) -> Day:
    """Today as the coder's own steps show it: opened, changed, finalised; gaps count up to ten minutes each."""
    start = timezone.make_aware(datetime.combine(today(), time.min))
    coded = CodingSession.objects.filter(coder=person, finalised_at__gte=start).count()
    worked = _worked(_steps(person, start))
    hours = worked.total_seconds() / 3600
    return Day(
        coded=coded,
        worked_minutes=int(worked.total_seconds() // 60),
        per_hour=round(coded / hours, 1) if coded and worked >= _LEAST_FOR_A_PACE else None,
        basis="charts made final today, per hour at work on charts; pauses over 10 minutes are left out",
    )


def _steps(person: Person, start: datetime) -> list[datetime]:
    sessions = CodingSession.objects.filter(coder=person)
    opened = sessions.filter(opened_at__gte=start).values_list("opened_at", flat=True)
    final = sessions.filter(finalised_at__gte=start).values_list("finalised_at", flat=True)
    changed = CodingChange.objects.filter(session__coder=person, created_at__gte=start)
    steps = [*opened, *changed.values_list("created_at", flat=True), *(at for at in final if at)]
    if sessions.filter(state=CodingSession.State.OPEN).exists() and steps:
        steps.append(now())
    return sorted(steps)


def _worked(steps: list[datetime]) -> timedelta:
    return sum((min(later - earlier, LONGEST_STEP) for earlier, later in pairwise(steps)), timedelta())
