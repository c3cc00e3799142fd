"""Turns a refused action into an answer: the gate page, not found, conflict or bad input, each with its sentence."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from charthouse.apps.accounts.models import Person
from charthouse.apps.audit.actions import record
from charthouse.apps.core.errors import ActionError, Conflict, Denied
from charthouse.apps.program.gate import GateClosed
from charthouse.web.views.gate import gate_page

GetResponse = Callable[[HttpRequest], HttpResponse]


class ActionErrorMiddleware:
    """Answers what actions and selectors raise; views need not."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on: there is nothing to answer before an action says no."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """403 with the way in for a closed gate, 404 for denied, 409 for a conflict, 400 for bad input."""
        if isinstance(error, Denied) and not error.is_recorded:
            _record_refusal(request, error)
        if isinstance(error, GateClosed) and isinstance(request.user, Person):
            return gate_page(request, error.decision, status=403)
        if isinstance(error, Denied):
            raise Http404 from error
        if isinstance(error, ActionError):
            status = 409 if isinstance(error, Conflict) else 400
            return render(request, "errors/action.html", {"error": error}, status=status)
        return None


def _record_refusal(request: HttpRequest, error: Denied) -> None:
    """A refusal leaves an event: by which route, why, and for what (ids only, never what was typed)."""
    match = request.resolver_match
    asked = [str(given) for given in match.kwargs.values() if isinstance(given, UUID)] if match else []
    detail: dict[str, object] = {"why": error.code, "asked": asked}
    record("web.object.refused", reason=match.view_name if match else "", detail=detail)
