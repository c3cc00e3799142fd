"""Loads that wait: one worker takes each, by a conditional update, and another one when the first has died."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet

from charthouse.apps.audit.actions import record
from charthouse.apps.core.clock import now
from charthouse.apps.core.errors import Conflict
from charthouse.apps.reference.models import CodeLoad
from charthouse.apps.reference.selectors.loads import inbox_of

State = CodeLoad.State
MOST_ATTEMPTS = 3
SILENT_FOR = timedelta(minutes=10)  # putting the rows of the largest table in order tells nothing for a minute


def claim(uid: UUID) -> CodeLoad:
    """Take a load; raise Conflict when it is over, taken, or was tried too often."""
    taken = _takeable().filter(uid=uid)
    if not taken.update(state=State.RUNNING, attempts=F("attempts") + 1, alive_at=now(), report=[], progress={}):
        raise Conflict("This load is not waiting.", code="reference.load-not-waiting")
    return CodeLoad.objects.get(uid=uid)


def next_waiting() -> UUID | None:
    """The load that waits longest, while no other is running."""
    running = CodeLoad.objects.filter(is_upload=True, state=State.RUNNING, alive_at__gt=_silent())
    found = None if running.exists() else _takeable().order_by("id").first()
    return found.uid if found else None


def give_up() -> None:
    """End loads whose process died and that nobody takes up again."""
    died = Q(is_upload=False) | Q(attempts__gte=MOST_ATTEMPTS)
    for load in CodeLoad.objects.filter(died, state=State.RUNNING, alive_at__lte=_silent()):
        _end(load)


@transaction.atomic
def _end(load: CodeLoad) -> None:
    silent = CodeLoad.objects.filter(pk=load.pk, state=State.RUNNING, alive_at=load.alive_at)
    if silent.update(state=State.BROKEN_OFF, finished_at=now()):
        record("reference.load.ended", load, detail={"state": State.BROKEN_OFF.value})
        shutil.rmtree(inbox_of(load), ignore_errors=True)


def _takeable() -> QuerySet[CodeLoad]:
    free = Q(state=State.WAITING) | Q(state=State.RUNNING, alive_at__lte=_silent())
    return CodeLoad.objects.filter(free, is_upload=True, attempts__lt=MOST_ATTEMPTS)


def _silent() -> datetime:
    return now() - SILENT_FOR
