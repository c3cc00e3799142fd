"""Running what is due: a job is claimed by one worker at a time, by a conditional update that sets its lease."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db.models import Q

from charthouse.apps.audit.context import Actor, acting_as
from charthouse.apps.core.clock import now
from charthouse.apps.jobs.attempt import Attempt
from charthouse.apps.jobs.models import PeriodicJob
from charthouse.apps.jobs.registry import Repeated, repeated

WORKER = Actor("worker", "Charthouse worker")
_log = logging.getLogger(__name__)


def run_due() -> list[str]:
    """Run every job that is due and that no other worker holds; return the names of those that ran."""
    known = {row.name: row for row in PeriodicJob.objects.all()}
    ran = []
    for job in repeated():
        row = known.get(job.name) or _first_row(job)
        if row.due_at <= now() and _claim(job):
            _run(job)
            ran.append(job.name)
    return ran


def _first_row(job: Repeated) -> PeriodicJob:
    return PeriodicJob.objects.get_or_create(name=job.name, defaults={"due_at": now()})[0]


def _claim(job: Repeated) -> bool:
    """Take the lease; False when it is not due after all or somebody else has it."""
    at = now()
    free = Q(running_until__isnull=True) | Q(running_until__lte=at)
    due = PeriodicJob.objects.filter(free, name=job.name, due_at__lte=at)
    return due.update(running_until=at + job.lease) == 1


def _run(job: Repeated) -> None:
    with acting_as(WORKER), Attempt() as attempt:
        job.run()
    if attempt.failed:
        _log.error("job %s failed: %s", job.name, attempt.error)
    _give_back(job, now(), attempt.error)


def _give_back(job: Repeated, finished: datetime, error: str) -> None:
    # A run that outlived its lease may give back another worker's: each job is safe to run twice at once.
    PeriodicJob.objects.filter(name=job.name).update(
        due_at=finished + job.every, running_until=None, last_finished_at=finished, last_error=error
    )
