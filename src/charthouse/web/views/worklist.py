"""The worklist: what is mine, what is ready, what is done."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from charthouse.apps.accounts.models import Role
from charthouse.apps.accounts.selectors import has_role
from charthouse.apps.program.gate import check
from charthouse.apps.worklists import actions, selectors
from charthouse.web.people import organization_of, person_of
from charthouse.web.presenters.worklist import EMPTY, lines

VIEWS = {
    "mine": "Mine",
    "ready": "Ready to code",
    "in-progress": "In progress",
    "coded": "Coded",
    "all": "All",
}


@require_GET
def worklist(request: HttpRequest) -> HttpResponse:
    """A view of the worklist; names are shown only when the gate is open."""
    person = person_of(request)
    counts = selectors.counts(person)
    view = request.GET.get("view", "")
    view = view if view in VIEWS else _first_view(counts)
    decision = check(person, organization_of(request).pk)
    context = {
        "lines": lines(person, selectors.worklist(person, view), is_open=decision.open),
        "views": [(key, label, counts.get(key, 0)) for key, label in VIEWS.items()],
        "view": view,
        "late": counts["late"],
        "empty": EMPTY[view],
        "decision": decision,
        "can_pull": decision.open and has_role(person, Role.CODER),
    }
    return render(request, "worklists/list.html", context)


def _first_view(counts: dict[str, int]) -> str:
    """What is in hand; with empty hands, what waits."""
    return "mine" if counts["mine"] else "ready"


@require_POST
def take(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take one chart from the list and open it."""
    item = actions.take(person_of(request), uid)
    return redirect("workspace:open", encounter=item.encounter.uid)
