"""Two browsers that finalise in the same moment make one summary."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import OperationalError, connection

from charthouse.apps.coding import actions
from charthouse.apps.coding.models import CodingSession, CodingSummary
from charthouse.apps.core.errors import Conflict
from tests.apps.coding.desk import Desk, set_up

BROWSERS = 4


@pytest.fixture
def coded(transactional_db: None) -> Desk:
    """A clean visit whose rows other connections see."""
    desk = set_up()
    desk.add("E11.22", "G0463")
    return desk


def at_once(attempt: Callable[[], object]) -> list[str]:
    """Run it in several threads that start together, and say how each ended."""
    start = Barrier(BROWSERS)

    def one(_: int) -> str:
        start.wait()
        try:
            return _until_not_locked(attempt)
        finally:
            connection.close()

    with ThreadPoolExecutor(BROWSERS) as pool:
        return list(pool.map(one, range(BROWSERS)))


def _until_not_locked(attempt: Callable[[], object]) -> str:
    # The shared in-memory SQLite of the tests does not wait for a lock as a file does: the browser tries again.
    while True:
        try:
            attempt()
        except OperationalError as error:
            if "locked" not in str(error):
                raise
        except Conflict as conflict:
            return conflict.code
        else:
            return "done"


def test_exactly_one_summary_is_made(coded: Desk) -> None:
    ends = at_once(lambda: actions.finalise(coded.coder, coded.session.uid, 2))
    assert sorted(ends) == ["coding.already-final"] * (BROWSERS - 1) + ["done"]
    assert CodingSummary.objects.count() == 1
    assert CodingSession.objects.get().state == CodingSession.State.FINAL


def test_changes_made_at_once_all_count(coded: Desk) -> None:
    ends = at_once(lambda: actions.add_diagnosis(coded.coder, coded.session.uid, "I10"))
    assert ends == ["done"] * BROWSERS
    view = coded.view()
    assert view.revision == 2 + BROWSERS
    assert [line.position for line in view.diagnoses] == list(range(1, 2 + BROWSERS))


def test_opening_at_once_makes_one_session(coded: Desk) -> None:
    CodingSession.objects.all().delete()
    ends = at_once(lambda: actions.open_session(coded.coder, coded.encounter.uid))
    assert ends == ["done"] * BROWSERS
    assert CodingSession.objects.count() == 1
