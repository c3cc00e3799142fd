"""Refuses a request body that is too large before a byte of it is read."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

GetResponse = Callable[[HttpRequest], HttpResponse]
_FORM_ROOM = 64 * 1024  # what a form may add around the file


def upload_limit(get_response: GetResponse) -> GetResponse:
    """Answer 413 with a sentence when the announced length is over the intake limit."""

    def middleware(request: HttpRequest) -> HttpResponse:
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if length <= settings.INTAKE_MAX_BYTES + _FORM_ROOM:
            return get_response(request)
        context = {"size_mb": length // 1_000_000, "limit_mb": settings.INTAKE_MAX_BYTES // 1_000_000}
        return render(request, "errors/413.html", context, status=413)

    return middleware
