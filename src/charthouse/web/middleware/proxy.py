"""Behind reverse proxies: whose address a request really came from."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]


def client_address(get_response: GetResponse) -> GetResponse:
    """Take the address that the outermost of our own proxies saw; what stands left of it anybody may have written."""

    def middleware(request: HttpRequest) -> HttpResponse:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        if 0 < settings.PROXIES <= len(hops):
            request.META["REMOTE_ADDR"] = hops[-settings.PROXIES]
        return get_response(request)

    return middleware
