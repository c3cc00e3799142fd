"""The worker: looks for due jobs until it is told to stop."""

from __future__ import annotations

import logging
from threading import Event

from django.db import DatabaseError, close_old_connections

from charthouse.apps.jobs.actions import run_due

PAUSE_SECONDS = 0.5
_log = logging.getLogger(__name__)


def run(stop: Event) -> None:
    """Run due jobs, resting briefly between looks; a database that is away is waited for."""
    while not stop.is_set():
        try:
            run_due()
        except DatabaseError as error:
            _log.warning("the database did not answer (%s); trying again", type(error).__name__)
        finally:
            close_old_connections()
        stop.wait(PAUSE_SECONDS)
