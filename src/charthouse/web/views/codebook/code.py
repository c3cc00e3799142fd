"""One code: all there is to know about it, and keeping it at hand."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from charthouse.apps.reference.actions import toggle_favourite
from charthouse.kit import Code, CodeSystem
from charthouse.web.people import organization_of, person_of
from charthouse.web.presenters.codebook.code import code_page
from charthouse.web.presenters.codebook.links import KINDS, code_url
from charthouse.web.views.codebook.day import day_of

_LONGEST = 8


def code(request: HttpRequest, system: str, code: str) -> HttpResponse:
    """Everything about one code on a day."""
    (on, given), value = day_of(request), _value(system, code)
    if system == CodeSystem.ICD10PCS:
        return redirect(code_url(system, value, on))
    page = code_page(system, value, organization_of(request), on, person_of(request))
    if page is None:
        raise Http404
    return render(request, "codebook/code.html", {"page": page, "on": on, "given": given})


@require_POST
def keep(request: HttpRequest, system: str, code: str) -> HttpResponse:
    """Keep a code at hand, or no longer, and go back to its page."""
    (on, _), value, person = day_of(request), _value(system, code), person_of(request)
    is_built = system == CodeSystem.ICD10PCS and len(value) == 7
    if not is_built and code_page(system, value, organization_of(request), on, person) is None:
        raise Http404
    toggle_favourite(person, Code(CodeSystem(system), value))
    return redirect(code_url(system, value, on))


def _value(system: str, code: str) -> str:
    """The code without its dot; Http404 where the code book has no such system."""
    if system not in KINDS:
        raise Http404
    return code[:_LONGEST].upper().replace(".", "")
