"""Who asks through the JSON door, and that every answer there is JSON."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from charthouse.apps.accounts.tokens import person_of_token

GetResponse = Callable[[HttpRequest], HttpResponse]
ROOT = "/api/"


def api_door(get_response: GetResponse) -> GetResponse:
    """Take `Authorization: Bearer` for the person of that token; answer with JSON where a page would be shown."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(ROOT):
            return get_response(request)
        given = request.headers.get("Authorization", "")
        if given and not _let_in(request, given):
            return unauthorised("This token is unknown, has ended, or its person is not active.")
        response = get_response(request)
        if 300 <= response.status_code < 400:  # to sign in, to unlock, to set up an authenticator
            return unauthorised("Sign in, or send a token.")
        if response.status_code == 404 and not _is_json(response):
            return problem(404, "api.not-found", "There is nothing here for you.")
        if response.status_code >= 400 and not _is_json(response):
            return problem(response.status_code, "api.refused", response.reason_phrase)
        return response

    return middleware


def unauthorised(message: str) -> JsonResponse:
    """401 with a sentence."""
    answer = problem(401, "api.unauthorised", message, "Send a token: Authorization: Bearer …")
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def problem(status: int, code: str, message: str, mend: str = "") -> JsonResponse:
    """An answer that says what is wrong, by a stable code and in words."""
    return JsonResponse({"code": code, "message": message, "mend": mend}, status=status)


def _let_in(request: HttpRequest, given: str) -> bool:
    kind, _, plain = given.partition(" ")
    person = person_of_token(plain.strip()) if kind.lower() == "bearer" else None
    if person is None:
        return False
    request.user = person
    request.by_token = True  # type: ignore[attr-defined]  # the session guard has no session to guard then
    # No browser sends this header by itself, so there is nothing to forge.
    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
    return True


def _is_json(response: HttpResponse) -> bool:
    return response.headers.get("Content-Type", "").startswith("application/json")
