"""The CPT licence: stated and attested to before a file is let in; its seats say who sees descriptors."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from charthouse.apps.accounts.selectors import people_in
from charthouse.apps.core.clock import today
from charthouse.apps.core.errors import Conflict, Invalid
from charthouse.apps.reference.actions import give_seat, state_licence, take_seat
from charthouse.apps.reference.actions.licence import NOTICE, LicenceTerms
from charthouse.apps.reference.selectors import licence as stated
from charthouse.apps.reference.selectors import seats
from charthouse.web.people import organization_of, person_of


def licence(request: HttpRequest) -> HttpResponse:
    """The licence as it is stated, who has a seat, and the form to state one."""
    error = None
    if request.method == "POST":
        try:
            state_licence(person_of(request), _terms(request), attests="attests" in request.POST)
        except Invalid as problem:
            error = problem
        else:
            messages.success(request, "The licence is stated. Give its seats to the people who may see descriptors.")
            return redirect("codebook:licence")
    known, taken = stated(), seats()
    context = {
        "licence": known,
        "is_in_force": known is not None and known.is_in_force(today()),
        "seats": taken,
        "others": people_in(organization_of(request).pk).exclude(pk__in=taken.values("person")),
        "notice": NOTICE,
        "error": error,
        "written": request.POST,
    }
    return render(request, "codesets/cpt.html", context, status=400 if error else 200)


@require_POST
def seat(request: HttpRequest) -> HttpResponse:
    """Give a seat to somebody of the organization, or end one."""
    wanted = request.POST.get("person", "")
    found = people_in(organization_of(request).pk).filter(pk=int(wanted) if wanted.isdecimal() else 0).first()
    if found is None:
        raise Http404
    try:
        if "end" in request.POST:
            take_seat(person_of(request), found)
            messages.success(request, f"{found} sees no CPT descriptors any more.")
        else:
            give_seat(person_of(request), found)
            messages.success(request, f"{found} sees CPT descriptors now.")
    except Conflict as error:
        messages.error(request, f"{error.message} {error.mend}".strip())
    return redirect("codebook:licence")


def _terms(request: HttpRequest) -> LicenceTerms:
    given = request.POST
    count = given.get("seats", "").strip()
    if not count.isascii() or not count.isdigit() or len(count) > 6:
        raise Invalid("Give the number of seats as digits.", field="seats", code="reference.seats")
    return LicenceTerms(
        holder=given.get("holder", ""),
        number=given.get("number", ""),
        seats=int(count),
        starts=_day(given.get("starts", ""), "starts") if given.get("starts") else today(),
        expires=_day(given.get("expires", ""), "expires"),
        product=given.get("product", "") or "CPT",
    )


def _day(written: str, field: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Invalid("Give a day.", field=field, code="reference.no-day") from None
