"""The log, for compliance."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from charthouse.apps.audit import selectors
from charthouse.web.people import organization_of

_PAGE = 50


@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """Events newest first, by verb when asked, with the verdict on the whole chain when asked."""
    events = selectors.events(organization=str(organization_of(request).uid))
    verb = request.GET.get("verb", "")
    if verb:
        events = events.filter(verb__startswith=verb)
    context = {
        "page": Paginator(events, _PAGE).get_page(request.GET.get("page")),
        "verb": verb,
        "verdict": selectors.verify() if "verify" in request.GET else None,
    }
    return render(request, "audit/log.html", context)
