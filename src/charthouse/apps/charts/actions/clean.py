"""Making a sender's words fit their columns, and a sender's times aware."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

from charthouse.apps.core.clock import now

# Years outside are a sender's way of saying "unknown" or "for ever"; some of them cannot be turned into UTC at all.
_YEARS = range(1900, 2200)


def clipped(text: str, length: int) -> str:
    """One line of at most `length` characters; PostgreSQL refuses the character NUL and longer text."""
    return " ".join(text.replace("\x00", "").split())[:length].rstrip()


def moment(written: datetime | date | None) -> datetime:
    """An aware time: a bare date is midnight here, a naive time is local, no time at all is now."""
    if written is None or written.year not in _YEARS:
        return now()
    if not isinstance(written, datetime):
        written = datetime.combine(written, time.min)  # made aware on the next line
    return timezone.make_aware(written) if timezone.is_naive(written) else written
