"""Default deny: every route declares who may use it, and nobody else gets in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from charthouse.apps.accounts.models import Role
from charthouse.apps.accounts.policies import anyone
from charthouse.apps.audit.models import AuditEvent
from charthouse.config.access import TABLE as ROUTES
from tests.apps import builders
from tests.web.clients import signed_in

pytestmark = pytest.mark.django_db


def _routes(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _routes(pattern, inner)
        else:
            yield f"{namespace}{pattern.name}", pattern


ALL = dict(_routes(get_resolver()))


def _url(name: str) -> str:
    converters = ALL[name].pattern.converters
    values = {
        "UUIDConverter": str(uuid4()),
        "SlugConverter": "confidentiality",
        "IntConverter": "1",
        "StringConverter": "E119",
    }
    return reverse(name, kwargs={key: values[type(one).__name__] for key, one in converters.items()})


def test_every_route_declares_its_policy() -> None:
    assert sorted(ALL) == sorted(ROUTES)


@pytest.mark.parametrize("name", sorted(ALL))
def test_somebody_not_signed_in_gets_nowhere_else(name: str) -> None:
    answer = Client().get(_url(name))
    if name.startswith("api:"):
        assert answer.status_code == 401
    elif ROUTES[name] is anyone:
        assert answer.status_code in {200, 302}
    else:
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", sorted(ALL))
def test_a_role_without_the_right_sees_nothing(name: str, method: str) -> None:
    where = builders.organization()
    for role in Role:
        person = builders.person(role, at=where)
        if ROUTES[name](person):
            continue
        answer = getattr(signed_in(person), method)(_url(name))
        assert answer.status_code == 404, role


def test_a_refused_route_is_in_the_log() -> None:
    person = builders.person(Role.CODER)
    signed_in(person).get(reverse("audit:log"))
    event = AuditEvent.objects.filter(verb="web.route.refused").get()
    assert event.actor == str(person.uid)
    assert event.reason == "audit:log"


def test_an_unknown_page_looks_like_a_forbidden_one() -> None:
    client = signed_in(builders.person(Role.CODER, at=builders.organization()))
    unknown, forbidden = client.get("/nothing/here/"), client.get(reverse("audit:log"))
    assert unknown.status_code == forbidden.status_code == 404
    token = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
    assert token.sub(b"", unknown.content) == token.sub(b"", forbidden.content)


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "mfa_deactivate_totp", "account_email"])
def test_doors_that_are_not_meant_are_not_there(name: str) -> None:
    assert name not in ALL


def test_every_page_has_a_strict_policy_for_its_content() -> None:
    answer = signed_in(builders.person(Role.CODER, at=builders.organization())).get(reverse("program:gate"))
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"style=" not in answer.content
