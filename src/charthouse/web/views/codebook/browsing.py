"""Building an ICD-10-PCS code, the indexes, what a release changed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from charthouse.engines.codesets.shelf import Table
from charthouse.kit import CodeSystem
from charthouse.web.people import person_of
from charthouse.web.presenters.codebook.building import building
from charthouse.web.presenters.codebook.changes import SYSTEMS, changes_page
from charthouse.web.presenters.codebook.indexes import LABELS, index_page
from charthouse.web.sheets import csv_answer
from charthouse.web.views.codebook.day import day_of

_LONGEST = 200


def pcs(request: HttpRequest) -> HttpResponse:
    """An ICD-10-PCS code axis by axis."""
    on, given = day_of(request)
    chosen = "".join(sign for sign in request.GET.get("chosen", "").upper() if sign.isascii() and sign.isalnum())[:7]
    context = {"building": building(chosen, on, person_of(request)), "on": on, "given": given}
    return render(request, "codebook/pcs.html", context)


def index(request: HttpRequest) -> HttpResponse:
    """The Alphabetic Index and its relatives; words are sent by POST, for they may be about a patient."""
    on, given = day_of(request)
    asked_for = request.POST.get("table") or request.GET.get("table", "")
    table = next((one for one in LABELS if one.value == asked_for), Table.ICD10CM_INDEX)
    asked = {name: request.GET.get(name, "")[:_LONGEST].strip() for name in ("letter", "under", "see")}
    asked["q"] = request.POST.get("q", "")[:_LONGEST].strip()
    context = {"page": index_page(table, asked, on), "query": asked["q"], "on": on, "given": given}
    return render(request, "codebook/index.html", context)


def changes(request: HttpRequest) -> HttpResponse:
    """What the release in force on a day changed; `?as=csv` as a file."""
    on, given = day_of(request)
    wanted = request.GET.get("system", "")
    system = next((one for one in SYSTEMS if one.value == wanted), CodeSystem.ICD10CM)
    page = changes_page(system, on)
    if request.GET.get("as") == "csv":
        return csv_answer(f"changes-{system.value}-{page.since or on}", ("Change", "Code", "Title"), page.rows())
    systems = [(one.value, label) for one, label in SYSTEMS.items()]
    return render(request, "codebook/changes.html", {"page": page, "systems": systems, "on": on, "given": given})
