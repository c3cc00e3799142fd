"""The signed-in person of a request, typed."""

from __future__ import annotations

from django.http import HttpRequest

from charthouse.apps.accounts.models import Organization, Person
from charthouse.apps.accounts.selectors import home_organization
from charthouse.apps.core.errors import Denied


def person_of(request: HttpRequest) -> Person:
    """The person who is signed in; routes that need one are closed to others before a view runs."""
    if not isinstance(request.user, Person):
        raise Denied("Sign in first.")
    return request.user


def organization_of(request: HttpRequest) -> Organization:
    """The organization the person works for."""
    organization = home_organization(person_of(request))
    if organization is None:
        raise Denied("You do not belong to an organization yet.")
    return organization
