"""A session locks when nobody is there, at a key, and ends after twelve hours; the server decides."""

from __future__ import annotations

import time

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from charthouse.apps.accounts.models import Role
from charthouse.apps.audit.models import AuditEvent
from tests.apps import builders
from tests.web.clients import PASSWORD, code_now, give_authenticator, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return signed_in(builders.person(Role.HR, at=builders.organization(), name="Dana Whitlock"))


def _later(seconds: int) -> time_machine.travel:
    return time_machine.travel(time.time() + seconds, tick=True)


def test_it_locks_when_idle(client: Client, settings: Settings) -> None:
    page = reverse("program:gate")
    assert client.get(page).status_code == 200
    with _later(settings.IDLE_LOCK_SECONDS + 1):
        answer = client.get(page)
    assert answer["Location"].startswith(reverse("locked"))
    assert AuditEvent.objects.get(verb="accounts.session.locked").reason == "idle"


def test_it_stays_open_while_somebody_is_there(client: Client, settings: Settings) -> None:
    page = reverse("program:gate")
    for _ in range(4):
        with _later(0):
            assert client.get(page).status_code == 200
    with _later(settings.IDLE_LOCK_SECONDS - 5):
        assert client.get(page).status_code == 200
    with _later(settings.IDLE_LOCK_SECONDS + 60):
        assert client.get(page).status_code == 200


def test_a_locked_session_shows_nothing_anywhere(client: Client) -> None:
    client.post(reverse("lock"))
    for name in ("program:gate", "program:register", "home"):
        assert client.get(reverse(name))["Location"].startswith(reverse("locked"))
    htmx = client.get(reverse("program:gate"), headers={"HX-Request": "true"})
    assert htmx.status_code == 204
    assert htmx["HX-Redirect"].startswith(reverse("locked"))
    assert b"Whitlock" not in client.get(reverse("program:register")).content


@pytest.mark.parametrize("trick", ["?skip_timeout_reset=1", "?keepalive=1", "?active_at=9999999999"])
def test_no_parameter_keeps_it_open(client: Client, settings: Settings, trick: str) -> None:
    client.get(reverse("program:gate"))
    with _later(settings.IDLE_LOCK_SECONDS + 1):
        assert client.get(reverse("program:gate") + trick)["Location"].startswith(reverse("locked"))


def test_the_password_opens_it_again(client: Client) -> None:
    client.post(reverse("lock"))
    answer = client.post(reverse("locked"), {"secret": PASSWORD, "next": reverse("program:register")})
    assert answer["Location"] == reverse("program:register")
    assert client.get(reverse("program:register")).status_code == 200


def test_a_code_opens_it_again() -> None:
    person = builders.person(Role.HR, at=builders.organization())
    give_authenticator(person)
    client = signed_in(person)
    client.post(reverse("lock"))
    assert client.post(reverse("locked"), {"secret": code_now()}).status_code == 302


def test_a_wrong_secret_does_not(client: Client) -> None:
    client.post(reverse("lock"))
    answer = client.post(reverse("locked"), {"secret": "something else"})
    assert answer.status_code == 400
    assert client.get(reverse("program:gate")).status_code == 302
    assert AuditEvent.objects.filter(verb="accounts.identity.refused").exists()


def test_guesses_are_rationed(client: Client) -> None:
    client.post(reverse("lock"))
    for number in range(12):
        client.post(reverse("locked"), {"secret": f"{number:06d}"})
    assert client.post(reverse("locked"), {"secret": PASSWORD}).status_code == 400


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_unlocking_never_leads_out_of_the_house(client: Client, elsewhere: str) -> None:
    client.post(reverse("lock"))
    answer = client.post(reverse("locked"), {"secret": PASSWORD, "next": elsewhere})
    assert answer["Location"] == reverse("home")


def test_it_ends_after_twelve_hours_even_when_busy(client: Client, settings: Settings) -> None:
    client.get(reverse("program:gate"))
    session = client.session
    session["signed_in_at"] = int(time.time()) - settings.SESSION_ABSOLUTE_SECONDS - 1
    session.save()
    assert client.get(reverse("program:gate"))["Location"] == reverse("account_login")
    assert AuditEvent.objects.filter(verb="accounts.session.expired").exists()


def test_signing_out_of_a_locked_session_is_possible(client: Client) -> None:
    client.post(reverse("lock"))
    assert client.post(reverse("account_logout")).status_code == 302
    assert client.get(reverse("program:gate"))["Location"].startswith(reverse("account_login"))


def test_nothing_is_kept_by_the_browser(client: Client) -> None:
    assert "no-store" in client.get(reverse("program:gate"))["Cache-Control"]
    client.post(reverse("lock"))
    assert "no-store" in client.get(reverse("locked"))["Cache-Control"]


def test_every_change_needs_its_token() -> None:
    person = builders.person(Role.HR, at=builders.organization())
    client = signed_in(person, Client(enforce_csrf_checks=True))
    assert client.post(reverse("lock")).status_code == 403
