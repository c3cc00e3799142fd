"""Looking for codes from the command line. POST, because what is typed about a patient belongs in no address."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from charthouse.apps.accounts.models import Person
from charthouse.apps.charts.models import Encounter
from charthouse.apps.charts.selectors import readable_encounter
from charthouse.apps.coding.checks import tables_date
from charthouse.apps.core.clock import today
from charthouse.web.people import person_of
from charthouse.web.presenters import hits
from charthouse.web.views.workspace.reading import page

KINDS = ("", "dx", "px")


@require_POST
def search(request: HttpRequest, encounter: UUID) -> HttpResponse:
    """Results for what was typed, best first, with everything about the first one."""
    text = (request.POST.get("refine") or request.POST.get("q", ""))[:120].strip()
    kind = request.POST.get("kind", "")
    kind = kind if kind in KINDS else ""
    person = person_of(request)
    context = _results(person, readable_encounter(person, encounter), text, kind)
    if request.htmx:  # type: ignore[attr-defined]  # set by HtmxMiddleware
        return render(request, "workspace/results.html", context)
    return page(request, encounter, request.POST.get("at", ""), extra=context)


@require_POST
def detail(request: HttpRequest, encounter: UUID) -> HttpResponse:
    """Everything about one code on the day that counts for this chart."""
    person = person_of(request)
    readable = readable_encounter(person, encounter)
    kind, _, code = request.POST.get("about", "").partition(":")
    about = hits.detail(code[:7], kind, readable.organization_id, _day(readable), person)
    return render(request, "workspace/detail.html", {"detail": about, "encounter_uid": encounter})


def _results(person: Person, encounter: Encounter, text: str, kind: str) -> dict[str, object]:
    on, owner = _day(encounter), encounter.organization_id
    found = hits.search(text, kind, owner, on, person) if text else ()
    first = hits.detail(found[0].code, found[0].kind, owner, on, person) if found else None
    return {
        "query": text,
        "kind": kind,
        "hits": found,
        "detail": first,
        "gap": hits.gap(on),
        "encounter_uid": encounter.uid,
    }


def _day(encounter: Encounter) -> date:
    return tables_date(encounter) or today()
