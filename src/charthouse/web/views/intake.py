"""The inbox: what came in, and uploading a chart by hand."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from charthouse.apps.exchange import actions, selectors
from charthouse.apps.exchange.models import InboundFile
from charthouse.web.people import organization_of, person_of


def inbox(request: HttpRequest) -> HttpResponse:
    """List what came in; take in what is uploaded, each file by itself."""
    person = person_of(request)
    results = _take(request) if request.method == "POST" else []
    refused = any(file.outcome == InboundFile.Outcome.REFUSED for file in results)
    context = {
        "results": results,
        "files": selectors.inbox(person)[:100],
        "max_bytes": settings.INTAKE_MAX_BYTES,
        "nothing_chosen": request.method == "POST" and not results,
    }
    return render(request, "exchange/inbox.html", context, status=400 if refused or context["nothing_chosen"] else 200)


def _take(request: HttpRequest) -> list[InboundFile]:
    person, organization = person_of(request), organization_of(request)
    taken = []
    for upload in request.FILES.getlist("files"):
        name, size = upload.name or "unnamed", upload.size or 0
        if size > settings.INTAKE_MAX_BYTES:
            taken.append(actions.refuse_oversize(person, organization, name, size))
        else:
            taken.append(actions.receive_file(person, organization, name, upload.read()))
    return taken
