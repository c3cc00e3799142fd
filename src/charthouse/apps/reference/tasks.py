"""Work of the code sets that repeats by itself: loading what was uploaded, clearing up after crashes."""

from __future__ import annotations

import logging
from threading import Thread
from uuid import UUID

from django.db import connections

from charthouse.apps.audit.context import Actor, acting_as, current_actor
from charthouse.apps.core.errors import Conflict
from charthouse.apps.jobs.registry import periodic
from charthouse.apps.reference.actions.running import run_load
from charthouse.apps.reference.actions.tidying import tidy
from charthouse.apps.reference.actions.waiting import give_up, next_waiting

_log = logging.getLogger(__name__)


@periodic("reference.load", every_seconds=2)
def load_waiting() -> Thread | None:
    """Begin the next load beside the worker's other work: a large one takes minutes, and claims must not wait."""
    give_up()
    uid = next_waiting()
    if uid is None:
        return None
    thread = Thread(target=_run, args=(uid, current_actor()), name="code-sets", daemon=True)
    thread.start()
    return thread


@periodic("reference.tidy", every_seconds=24 * 60 * 60)
def tidy_up() -> None:
    """Remove what crashed loads left behind."""
    tidy()


def _run(uid: UUID, actor: Actor) -> None:
    try:
        with acting_as(actor):
            run_load(uid)
    except Conflict:
        _log.info("another worker has taken load %s", uid)
    finally:
        connections.close_all()
