"""Attributes everything a request does to the person who is signed in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse

from charthouse.apps.accounts.models import Person
from charthouse.apps.accounts.selectors import home_organization
from charthouse.apps.audit.context import Actor, acting_as

GetResponse = Callable[[HttpRequest], HttpResponse]


def actor(get_response: GetResponse) -> GetResponse:
    """Set the actor of the audit log for the length of the request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with acting_as(actor_of(request)):
            return get_response(request)

    return middleware


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in person with organization, address and a digest of the session; or nobody."""
    address = request.META.get("REMOTE_ADDR", "")
    if not isinstance(request.user, Person):
        return Actor("anonymous", "Nobody signed in", address=address)
    key = request.session.session_key or ""
    session = hashlib.sha256(key.encode()).hexdigest()[:16] if key else ""
    where = partial(_organization_of, request.user)
    return Actor(str(request.user.uid), request.user.full_name, where, address, session)


def _organization_of(person: Person) -> str:
    organization = home_organization(person)
    return str(organization.uid) if organization else ""
