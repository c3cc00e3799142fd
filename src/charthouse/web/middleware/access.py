"""Default deny: a route is open to whom the table in `charthouse.web.access` says, and to nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from charthouse.apps.accounts.models import Person
from charthouse.apps.audit.actions import record
from charthouse.web.access import ROUTES

GetResponse = Callable[[HttpRequest], HttpResponse]


class AccessMiddleware:
    """Asks the route's policy before the view runs; an unknown route and a forbidden one look the same."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on: the decision is taken once the route is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Let the request through, send it to the sign-in page, or answer 404."""
        route = request.resolver_match.view_name if request.resolver_match else ""
        person = request.user if isinstance(request.user, Person) else None
        policy = ROUTES.get(route)
        if policy is not None and policy(person):
            return None
        if policy is not None and person is None:
            return redirect_to_login(request.path, reverse("account_login"))
        record("web.route.refused", reason=route or "undeclared")
        raise Http404
