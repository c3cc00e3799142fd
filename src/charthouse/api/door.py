"""The API itself: its name, how errors are told, and which parts it has."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.utils import check_csrf

from charthouse.api.codes.indexes import router as indexes
from charthouse.api.codes.lists import router as lists
from charthouse.api.codes.related import router as related
from charthouse.api.codes.routes import router as codes
from charthouse.api.middleware import problem
from charthouse.apps.core.errors import ActionError, Conflict, Denied
from charthouse.kit import Refused


def asker(request: HttpRequest) -> object:
    """Who asks; a browser's session must show that its own page sends the request."""
    if not getattr(request, "by_token", False) and check_csrf(request) is not None:
        raise HttpError(403, "This request did not come from a page of Charthouse.")
    return request.user


# The browsable page of the library loads scripts from elsewhere; the description itself is at openapi.json.
api = NinjaAPI(
    title="Charthouse",
    version="1",
    description="Codes by date of service. Dates are dates of service; codes are answered with their dot.",
    urls_namespace="api",
    docs_url=None,
    openapi_url="/openapi.json",
    auth=asker,
)
for part in (codes, related, lists, indexes):
    api.add_router("", part)


@api.exception_handler(ActionError)
def refused_action(request: HttpRequest, error: ActionError) -> HttpResponse:
    """An action that says no: 404 for what is not yours, 409 for a conflict, 400 for bad input."""
    status = 404 if isinstance(error, Denied) else 409 if isinstance(error, Conflict) else 400
    return problem(status, error.code, error.message, error.mend)


@api.exception_handler(Refused)
def refused_input(request: HttpRequest, error: Refused) -> HttpResponse:
    """Input that an engine refuses."""
    return problem(400, error.refusal.rule, error.refusal.message, error.refusal.mend)


@api.exception_handler(ValidationError)
def not_as_described(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Input that is not of the described shape: the first place and what is wrong there, never what was sent."""
    first = error.errors[0]
    place = ".".join(str(part) for part in first["loc"])
    return problem(422, "api.not-as-described", f"{place}: {first['msg']}", "See openapi.json.")


@api.exception_handler(HttpError)
def refused_request(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A request that cannot be read, or may not be made."""
    return problem(error.status_code, "api.refused", str(error))
