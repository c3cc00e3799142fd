"""Handing files in, and following what becomes of them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from charthouse.apps.core.errors import Invalid
from charthouse.apps.reference.actions import receive_load
from charthouse.apps.reference.selectors import code_load
from charthouse.web.people import person_of
from charthouse.web.presenters.codesets import fault_lines, file_rows, percent
from charthouse.web.sheets import csv_answer
from charthouse.web.views.codesets.sets import page

_LONGEST = 60


@require_POST
def load(request: HttpRequest) -> HttpResponse:
    """Take files in; the worker reads them while their page tells how far it is."""
    from charthouse.engines.codesets.loading import Given

    try:
        given = Given(
            _day(request, "starts"),
            _day(request, "ends"),
            request.POST.get("label", "")[:_LONGEST].strip(),
            may_replace="may_replace" in request.POST,
            may_shrink="may_shrink" in request.POST,
        )
        received = receive_load(person_of(request), request.FILES.getlist("files"), given)
    except Invalid as error:
        return page(request, error)
    return redirect("codebook:loading", received.uid)


def loading(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far a load is, then what came in and what was refused."""
    found = code_load(uid)
    context = {"load": found, "files": file_rows(found), "percent": percent(found)}
    is_part = bool(getattr(request, "htmx", False))
    return render(request, "codesets/report.html" if is_part else "codesets/loading.html", context)


def faults(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Every fault of a load as a file."""
    heads = ("File", "Place", "Rule", "Value", "What is wrong", "How to mend it")
    return csv_answer(f"faults-{uid}", heads, fault_lines(code_load(uid)))


def _day(request: HttpRequest, field: str) -> date | None:
    written = request.POST.get(field, "").strip()
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise Invalid(f"“{written[:20]}” is not a day.", field=field, code="reference.no-day") from None
