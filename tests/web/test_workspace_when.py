"""Moments as people say them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from charthouse.web.presenters import when

# 14:00 in New York, the time zone of the tests.
NOW = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "said"),
    [(3, "Today 17:00"), (20, "Tomorrow 10:00"), (-16, "Yesterday 22:00"), (70, "26 Nov 12:00")],
)
def test_a_clock_time_names_its_day_in_the_zone_of_the_house(hours: int, said: str) -> None:
    assert when.clock(NOW + timedelta(hours=hours), NOW) == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (192, "in 3 h 12 min"),
        (40, "in 40 min"),
        (0, "in 0 min"),
        (-40, "40 min late"),
        (3060, "in 2 d 3 h"),
        (2880, "in 2 d"),
    ],
)
def test_a_distance_has_two_units_and_says_late(minutes: int, said: str) -> None:
    assert when.distance(NOW + timedelta(minutes=minutes), NOW) == said


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (None, None, "no date of service"),
        (date(2026, 11, 8), None, "8 Nov 2026"),
        (date(2026, 11, 8), date(2026, 11, 8), "8 Nov 2026"),
        (date(2026, 11, 18), date(2026, 11, 22), "18–22 Nov 2026"),
        (date(2026, 10, 30), date(2026, 11, 2), "30 Oct – 2 Nov 2026"),
        (date(2026, 12, 30), date(2027, 1, 2), "30 Dec 2026 – 2 Jan 2027"),
    ],
)
def test_dates_of_service_say_no_month_twice(start: date | None, end: date | None, said: str) -> None:
    assert when.span(start, end) == said
