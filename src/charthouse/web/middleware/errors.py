"""Turns a refused action into an answer: the gate page, not found, conflict or bad input, each with its sentence."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from charthouse.apps.accounts.models import Person
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
        if isinstance(error, GateClosed) and isinstance(request.user, Person):
            return gate_page(request, error.decision, status=403)
        if isinstance(error, Denied):
            raise Http404 from error
        if isinstance(error, ActionError):
            status = 409 if isinstance(error, Conflict) else 400
            return render(request, "errors/action.html", {"error": error}, status=status)
        return None
