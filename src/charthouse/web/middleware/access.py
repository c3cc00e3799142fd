"""Default deny: a route is open to whom the table of its door says, and to nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.module_loading import import_string

from charthouse.apps.accounts.models import Person
from charthouse.apps.accounts.policies import RoutePolicy
from charthouse.apps.audit.actions import record

GetResponse = Callable[[HttpRequest], HttpResponse]


class AccessMiddleware:
    """Asks the route's policy before the view runs; an unknown route and a forbidden one look the same.

    `settings.ACCESS_TABLE` names the table, which has the routes of every door.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.table: dict[str, RoutePolicy] = import_string(settings.ACCESS_TABLE)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on: the decision is taken once the route is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Let the request through, send it to the sign-in page, or answer 404."""
        route = request.resolver_match.view_name if request.resolver_match else ""
        person = request.user if isinstance(request.user, Person) else None
        policy = self.table.get(route)
        if policy is not None and policy(person):
            return None
        if policy is not None and person is None:
            return redirect_to_login(request.path, reverse("account_login"))
        record("web.route.refused", reason=route or "undeclared")
        raise Http404
