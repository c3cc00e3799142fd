"""The clock, in one place."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware, UTC."""
    return timezone.now()


def today() -> date:
    """Today's date in the installation's time zone."""
    return timezone.localdate()
