"""Pace is told from what was done, pauses are not work, and too little says nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from charthouse.apps.coding import actions
from charthouse.apps.coding.selectors import Day, my_day
from tests.apps.coding.desk import set_up

NINE = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)  # nine o'clock in New York


@pytest.mark.django_db
def test_a_day_without_work_is_empty() -> None:
    desk = set_up()
    day = my_day(desk.coder)
    assert (day.coded, day.per_hour) == (0, None)


@pytest.mark.django_db
def test_pauses_are_left_out_and_work_is_counted_once() -> None:
    with time_machine.travel(NINE, tick=False) as clock:
        desk = set_up()
        clock.shift(timedelta(minutes=8))
        desk.add("E11.22")
        clock.shift(timedelta(minutes=90))
        desk.add("G0463")
        clock.shift(timedelta(minutes=2))
        actions.finalise(desk.coder, desk.session.uid, 2)
        clock.shift(timedelta(hours=2))
        day = my_day(desk.coder)
        assert (day.coded, day.worked_minutes, day.per_hour) == (1, 20, 3.0)
        assert "10 minutes" in day.basis


@pytest.mark.django_db
def test_a_few_minutes_are_not_a_pace() -> None:
    with time_machine.travel(NINE, tick=False) as clock:
        desk = set_up()
        desk.add("E11.22", "G0463")
        clock.shift(timedelta(minutes=1))
        actions.finalise(desk.coder, desk.session.uid, 2)
        day = my_day(desk.coder)
    assert (day.coded, day.worked_minutes, day.per_hour) == (1, 1, None)


@pytest.mark.django_db
def test_yesterday_and_other_people_do_not_count() -> None:
    with time_machine.travel(NINE - timedelta(days=1), tick=False):
        desk = set_up()
        desk.add("E11.22", "G0463")
        actions.finalise(desk.coder, desk.session.uid, 2)
    with time_machine.travel(NINE, tick=False):
        other = set_up()
        empty = Day(0, 0, None, my_day(other.coder).basis)
        assert my_day(desk.coder) == empty
