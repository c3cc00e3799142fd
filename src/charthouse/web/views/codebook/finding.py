"""Looking for codes, and the codes a person has at hand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from charthouse.web.people import organization_of, person_of
from charthouse.web.presenters import hits
from charthouse.web.presenters.codebook import results
from charthouse.web.sheets import csv_answer
from charthouse.web.views.codebook.day import day_of

_KINDS = ("", "dx", "px", "pcs")
_LONGEST = 200


def find(request: HttpRequest) -> HttpResponse:
    """The search; what is typed is sent by POST, for it may be about a patient."""
    (on, given), person = day_of(request), person_of(request)
    text, kind = request.POST.get("q", "")[:_LONGEST].strip(), request.POST.get("kind", "")
    kind = kind if kind in _KINDS else ""
    found = results.results(text, kind, organization_of(request), on, person) if text else ()
    if request.POST.get("as") == "csv":
        rows = ((one.hit.display, one.title, "" if one.hit.is_billable else one.hit.needs) for one in found)
        return csv_answer(f"codes-{on}", ("Code", "Title", "Missing"), rows)
    context = {"query": text, "kind": kind, "results": found, "on": on, "given": given, "gap": hits.gap(on)}
    context["crosswalk"] = results.crosswalk(text, on)
    context["at_hand"] = () if text else results.at_hand(person, on)
    is_part = bool(getattr(request, "htmx", False))
    return render(request, "codebook/results.html" if is_part else "codebook/find.html", context)


def at_hand(request: HttpRequest) -> HttpResponse:
    """Favourites and codes used last, as a file."""
    on, _ = day_of(request)
    lists = results.at_hand(person_of(request), on)
    rows = ((one.title, code.display, code.title) for one in lists for code in one.codes)
    return csv_answer("codes-at-hand", ("List", "Code", "Title"), rows)
