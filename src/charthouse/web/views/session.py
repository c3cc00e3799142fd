"""The first page, locking and unlocking."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_GET, require_POST

from charthouse.apps.accounts.confirm import confirm
from charthouse.web.middleware.session_guard import lock as lock_session
from charthouse.web.middleware.session_guard import unlock
from charthouse.web.navigation import first_page
from charthouse.web.people import person_of


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Send people to where their day begins."""
    return redirect(first_page(person_of(request)))


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock at once (Ctrl+L, or the page itself when nobody has been there)."""
    lock_session(request, "person")
    return redirect(f"{reverse('locked')}?{urlencode({'next': request.POST.get('next', '')})}")


def locked(request: HttpRequest) -> HttpResponse:
    """A page without any record on it that asks who is there."""
    if not request.session.get("locked"):
        return redirect("home")
    error = ""
    if request.method == "POST":
        if confirm(request, person_of(request), request.POST.get("secret", "")):
            unlock(request)
            return redirect(_back(request))
        error = "That is not your password or a code that is good now. Try again."
    context = {"error": error, "next": request.POST.get("next") or request.GET.get("next", "")}
    return render(request, "account/locked.html", context, status=400 if error else 200)


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    own = {request.get_host()}
    is_safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=own, require_https=request.is_secure())
    # Only a path: anything else `redirect` would take for the name of a route.
    return wanted if wanted.startswith("/") and is_safe else "home"
