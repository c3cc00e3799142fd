"""The date of service that decides which tables a page of the code book asks."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest

from charthouse.apps.core.clock import today


def day_of(request: HttpRequest) -> tuple[date, str]:
    """The day that was given (today when none, or none that exists), and what was written if it is no day."""
    written = request.POST.get("on") or request.GET.get("on", "")
    try:
        return (date.fromisoformat(written) if written else today()), ""
    except ValueError:
        return today(), written[:20]
