"""What is loaded, from where, for which days, and what is not; the form for more."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from charthouse.apps.core.errors import Invalid
from charthouse.apps.reference.policies import may_manage_code_sets
from charthouse.apps.reference.selectors import code_loads
from charthouse.web.people import person_of
from charthouse.web.presenters.codesets import set_rows
from charthouse.web.views.codebook.day import day_of

_LOADS = 10


def sets(request: HttpRequest) -> HttpResponse:
    """Everybody sees what answers for a day; keepers of the code sets see what was loaded, and load more."""
    return page(request)


def page(request: HttpRequest, error: Invalid | None = None) -> HttpResponse:
    """The page, with what was wrong with the files that were given."""
    (on, given), person = day_of(request), person_of(request)
    there, missing = set_rows(on)
    context: dict[str, Any] = {"there": there, "missing": missing, "on": on, "given": given, "error": error}
    context["may_manage"] = may_manage_code_sets(person)
    if context["may_manage"]:
        context |= {"loads": code_loads(_LOADS), "max_bytes": settings.CODESETS_MAX_BYTES}
    return render(request, "codesets/sets.html", context, status=400 if error else 200)
