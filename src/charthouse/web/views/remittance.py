"""Denials to work, and remittances."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from charthouse.apps.remittance import actions, selectors
from charthouse.web.people import person_of

VIEWS = {"open": "To work", "closed": "Closed", "all": "All"}


@require_GET
def denials(request: HttpRequest) -> HttpResponse:
    """Open denials, soonest deadline first."""
    person = person_of(request)
    view = request.GET.get("view", "open")
    view = view if view in VIEWS else "open"
    counts = selectors.denial_counts(person)
    context = {
        "rows": selectors.denials(person, view),
        "views": [(key, label, "") for key, label in VIEWS.items()],
        "view": view,
        "counts": {"open": counts["open"], "soon": counts["this-week"], "late": counts["late"]},
    }
    return render(request, "remittance/denials.html", context)


@require_POST
def close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Close a denial with a reason; nothing is written off by it."""
    actions.close_denial(person_of(request), uid, request.POST.get("reason", ""))
    return redirect("remittance:denials")


@require_GET
def remittances(request: HttpRequest) -> HttpResponse:
    """Checks and transfers, what was posted, and what matched no claim."""
    person = person_of(request)
    context = {"rows": selectors.remittances(person), "unmatched": selectors.unmatched(person)}
    return render(request, "remittance/remittances.html", context)
