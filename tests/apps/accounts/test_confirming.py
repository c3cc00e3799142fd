"""Confirming who one is: by password or by code, rationed, and a wrong try is in the log without what was typed."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.http import HttpRequest
from django.test import RequestFactory

from charthouse.apps.accounts.confirm import confirm, has_second_factor
from charthouse.apps.accounts.models import Person
from charthouse.apps.audit.models import AuditEvent
from tests.apps import builders
from tests.web.clients import PASSWORD, code_now, give_authenticator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries_yet(settings: object) -> None:
    cache.clear()


@pytest.fixture
def noor() -> Person:
    """Somebody with an authenticator."""
    person = builders.coder(builders.organization())
    give_authenticator(person)
    return person


def request(**typed: str) -> HttpRequest:
    made = RequestFactory().post("/program/agreements/x/", typed)
    made.session = {}  # type: ignore[assignment]
    return made


def test_the_password_confirms(noor: Person) -> None:
    assert confirm(request(), noor, PASSWORD) == "password"


def test_a_code_confirms_also_with_a_blank_in_the_middle(noor: Person) -> None:
    code = code_now()
    assert confirm(request(), noor, f"{code[:3]} {code[3:]}") == "totp"


@pytest.mark.parametrize("secret", ["", "wrong", "000000", "12345", "1234567", f"{PASSWORD} ", PASSWORD.upper()])
def test_anything_else_does_not_and_is_recorded_without_what_was_typed(secret: str, noor: Person) -> None:
    assert confirm(request(), noor, secret) == ""
    event = AuditEvent.objects.get(verb="accounts.identity.refused")
    assert event.object_id == str(noor.uid)
    assert not secret or secret not in f"{event.detail}{event.reason}"


def test_somebody_elses_password_does_not(noor: Person) -> None:
    other = builders.coder(builders.organization())
    other.set_password("another long password")
    other.save()
    assert confirm(request(), noor, "another long password") == ""


def test_a_confirmed_try_is_no_refusal(noor: Person) -> None:
    confirm(request(), noor, PASSWORD)
    assert not AuditEvent.objects.filter(verb="accounts.identity.refused").exists()


def test_somebody_switched_off_is_not_confirmed(noor: Person) -> None:
    noor.is_active = False
    noor.save()
    assert confirm(request(), noor, PASSWORD) == ""


def test_a_code_without_an_authenticator_is_nothing() -> None:
    person = builders.coder(builders.organization())
    assert not has_second_factor(person)
    assert confirm(request(), person, "123456") == ""


def test_an_authenticator_is_known(noor: Person) -> None:
    assert has_second_factor(noor)
