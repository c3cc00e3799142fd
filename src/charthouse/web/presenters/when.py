"""Moments as people say them: today, tomorrow, in 3 h 12 min."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

_DAY_MINUTES = 24 * 60


def clock(moment: datetime, now: datetime) -> str:
    """`Today 17:00`, `Tomorrow 9:00`, `25 Nov 12:00`, in the time zone of the house."""
    here, today = timezone.localtime(moment), timezone.localdate(now)
    days = (here.date() - today).days
    name = {0: "Today", 1: "Tomorrow", -1: "Yesterday"}.get(days, f"{here.day} {here:%b}")
    return f"{name} {here:%H:%M}"


def distance(moment: datetime, now: datetime) -> str:
    """`in 3 h 12 min`, `in 2 d 3 h`, `40 min late`."""
    gap = moment - now
    words = length(abs(gap))
    return f"in {words}" if gap >= timedelta() else f"{words} late"


def length(gap: timedelta) -> str:
    """A span with its two largest units: `2 d 3 h`, `3 h 12 min`, `40 min`."""
    minutes = int(gap.total_seconds() // 60)
    days, hours, rest = minutes // _DAY_MINUTES, minutes % _DAY_MINUTES // 60, minutes % 60
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def span(start: date | None, end: date | None) -> str:
    """Dates of service: `18 Nov 2026`, `18–22 Nov 2026`, `30 Oct – 2 Nov 2026`."""
    if start is None:
        return "no date of service"
    if end is None or end == start:
        return f"{start.day} {start:%b %Y}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{end.day} {end:%b %Y}"
    first = f"{start.day} {start:%b}" if start.year == end.year else f"{start.day} {start:%b %Y}"
    return f"{first} – {end.day} {end:%b %Y}"
