"""One row per periodic job: when it is due and who is running it."""

from __future__ import annotations

from django.db import models


class PeriodicJob(models.Model):
    """A job that repeats. `running_until` is a lease: a worker that died gives the job back when it ends."""

    name = models.CharField(max_length=80, unique=True)
    due_at = models.DateTimeField()
    running_until = models.DateTimeField(null=True, blank=True)
    last_finished_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name
