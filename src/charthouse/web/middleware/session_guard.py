"""Keeps a session safe: second factor set up, locked when idle, ended after twelve hours. All on the server's clock."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import resolve, reverse
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode

from charthouse.apps.accounts.confirm import has_second_factor
from charthouse.apps.accounts.models import Person
from charthouse.apps.audit.actions import record

GetResponse = Callable[[HttpRequest], HttpResponse]

# Where a locked session, or one without a second factor, may still go.
WHILE_LOCKED = {"locked", "lock", "account_logout"}
WITHOUT_SECOND_FACTOR = {"mfa_activate_totp", "account_logout", "account_reauthenticate", "mfa_reauthenticate"}
_WRITE_EVERY = 10  # seconds, at most, between notes of activity: not every page costs a write


def session_guard(get_response: GetResponse) -> GetResponse:
    """Send people to the lock page, the authenticator set-up or the sign-in page when that is where they belong."""

    def middleware(request: HttpRequest) -> HttpResponse:
        person = request.user
        if not isinstance(person, Person) or getattr(request, "by_token", False):
            return get_response(request)
        route = resolve(request.path_info).view_name if _resolves(request.path_info) else ""
        elsewhere = _elsewhere(request, person, route)
        response = get_response(request) if elsewhere is None else _go(request, elsewhere)
        # Nothing a signed-in person saw may come back from the browser's memory after locking or signing out.
        patch_cache_control(response, no_store=True, private=True)
        return response

    return middleware


def lock(request: HttpRequest, why: str) -> None:
    """Lock the session: nothing is shown until the person confirms who they are."""
    if not request.session.get("locked"):
        request.session["locked"] = True
        record("accounts.session.locked", request.user if isinstance(request.user, Person) else None, reason=why)


def unlock(request: HttpRequest) -> None:
    """Open a locked session again, after the person was confirmed."""
    request.session["locked"] = False
    request.session["active_at"] = int(time.time())
    record("accounts.session.unlocked", request.user if isinstance(request.user, Person) else None)


def _elsewhere(request: HttpRequest, person: Person, route: str) -> str | None:
    now, session = int(time.time()), request.session
    if now - session.setdefault("signed_in_at", now) > settings.SESSION_ABSOLUTE_SECONDS:
        record("accounts.session.expired", person)
        logout(request)
        return reverse("account_login")
    if now - session.setdefault("active_at", now) > settings.IDLE_LOCK_SECONDS:
        lock(request, "idle")
    if session.get("locked"):
        back = urlencode({"next": request.path}) if request.method == "GET" else ""
        return None if route in WHILE_LOCKED else f"{reverse('locked')}?{back}"
    if not session.get("second_factor") and route not in WITHOUT_SECOND_FACTOR:
        if not has_second_factor(person):
            return reverse("mfa_activate_totp")
        session["second_factor"] = True
    if now - session["active_at"] >= min(_WRITE_EVERY, settings.IDLE_LOCK_SECONDS // 4):
        session["active_at"] = now
    return None


def _go(request: HttpRequest, where: str) -> HttpResponse:
    if getattr(request, "htmx", False):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = where
        return response
    return HttpResponseRedirect(where)


def _resolves(path: str) -> bool:
    from django.urls import Resolver404

    try:
        resolve(path)
    except Resolver404:
        return False
    return True
