"""Claims: the list, one claim, sending, the bytes as sent."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from charthouse.apps.billing import actions, selectors
from charthouse.apps.remittance import selectors as money
from charthouse.web.people import person_of
from charthouse.web.presenters.claim import claim_lines, time_line

VIEWS = {
    "to-send": "Ready to send",
    "to-mend": "To mend",
    "out": "At the payer",
    "answered": "Answered",
    "all": "All",
}
EMPTY = {
    "to-send": ("Nothing to send", "A claim appears here when a coder finalises a chart and nothing is wrong with it."),
    "to-mend": ("Nothing to mend", "A claim appears here when something it needs is missing, or when it was rejected."),
    "out": ("Nothing is out", "Claims that were sent and not yet answered appear here."),
    "answered": ("No answers yet", "Claims appear here when a remittance has decided them."),
    "all": ("No claims yet", "Finalising a chart makes its claim."),
}


@require_GET
def claims(request: HttpRequest) -> HttpResponse:
    """A view of the claims of the organization."""
    person = person_of(request)
    view = request.GET.get("view", "to-send")
    view = view if view in VIEWS else "to-send"
    counts = selectors.counts(person)
    context = {
        "rows": money.claims_with_balance(person, view),
        "views": [(key, label, counts[key]) for key, label in VIEWS.items()],
        "view": view,
        "empty": EMPTY[view],
    }
    return render(request, "billing/claims.html", context)


@require_GET
def claim(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One claim with its time line, lines, journal and where it came from."""
    person = person_of(request)
    page = selectors.claim_page(person, uid)
    denials = money.denials(person, "all", page.row.claim)
    sums = money.claim_money(person, page.row.claim)
    context = {
        "page": page,
        "lines": claim_lines(page, sums),
        "steps": time_line(page),
        "money": sums,
        "denials": [(row, money.origin(person, row.denial)) for row in denials],
    }
    return render(request, "billing/claim.html", context)


@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Put the chosen claims, or the one shown, into the outbox."""
    chosen = [UUID(text) for text in request.POST.getlist("claim") if _is_uuid(text)]
    sent = actions.send_claims(person_of(request), chosen)
    messages.success(request, f"{len(chosen)} in the outbox, {len(sent)} interchange{'s' if len(sent) != 1 else ''}.")
    return redirect("billing:claim", uid=chosen[0]) if len(chosen) == 1 else redirect("billing:claims")


@require_POST
def rebuild(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make a held claim anew from today's charge master, payers and providers."""
    actions.rebuild_claim(person_of(request), uid)
    return redirect("billing:claim", uid=uid)


@require_GET
def interchange(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The exact bytes that were sent, as a download."""
    file = selectors.interchange_bytes(person_of(request), uid)
    response = HttpResponse(file.content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
