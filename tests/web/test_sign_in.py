"""Signing in takes a password and a code; wrong tries are counted; a code works once."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from charthouse.apps.accounts.models import Role
from tests.apps import builders
from tests.web.clients import PASSWORD, code_now, give_authenticator, has_authenticator

pytestmark = pytest.mark.django_db


def _password(client: Client, email: str, password: str = PASSWORD):  # noqa: ANN202 - a test client's answer
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_it_works() -> None:
    person = builders.person(Role.HR, at=builders.organization())
    give_authenticator(person)
    client = Client()
    answer = _password(client, person.email)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("program:gate")).status_code == 302
    answer = client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert answer["Location"] == reverse("home")
    assert client.get(reverse("program:gate")).status_code == 200


def test_the_session_gets_a_new_id_at_sign_in() -> None:
    person = builders.person(at=builders.organization())
    give_authenticator(person)
    client = Client()
    _password(client, person.email)
    before = client.session.session_key
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert client.session.session_key != before


def test_a_wrong_password_says_nothing_about_the_account() -> None:
    person = builders.person(at=builders.organization())
    wrong = _password(Client(), person.email, "wrong password 1")
    unknown = _password(Client(), "nobody@example.test", "wrong password 1")
    assert wrong.status_code == unknown.status_code == 200
    assert wrong.context["form"].errors == unknown.context["form"].errors


def test_the_second_factor_cannot_be_skipped() -> None:
    person = builders.person(Role.CODER, at=builders.organization())
    give_authenticator(person)
    client = Client()
    _password(client, person.email)
    for name in ("home", "worklists:list", "program:gate", "quality:findings"):
        assert client.get(reverse(name))["Location"].startswith(reverse("account_login"))


def test_a_code_works_once() -> None:
    person = builders.person(at=builders.organization())
    give_authenticator(person)
    first, second = Client(), Client()
    code = code_now()
    for client in (first, second):
        _password(client, person.email)
    assert first.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    assert second.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200


@pytest.mark.parametrize("code", ["000000", "", "12345", "abcdef"])
def test_a_wrong_code_is_refused(code: str) -> None:
    person = builders.person(at=builders.organization())
    give_authenticator(person)
    client = Client()
    _password(client, person.email)
    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200


def test_somebody_without_an_authenticator_sets_one_up_first() -> None:
    person = builders.person(Role.CODER, at=builders.organization())
    client = Client()
    _password(client, person.email)
    assert client.get(reverse("worklists:list"))["Location"] == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    assert not has_authenticator(person)


def test_after_many_wrong_passwords_the_right_one_is_refused_too() -> None:
    person = builders.person(at=builders.organization())
    give_authenticator(person)
    for number in range(10):
        _password(Client(), person.email, f"wrong password {number}")
    answer = _password(Client(), person.email)
    assert answer.status_code in {200, 429}
    assert not answer.has_header("Location")


def test_somebody_switched_off_is_out_at_once() -> None:
    person = builders.person(Role.HR, at=builders.organization())
    give_authenticator(person)
    client = Client()
    _password(client, person.email)
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert client.get(reverse("program:gate")).status_code == 200
    person.is_active = False
    person.save()
    assert client.get(reverse("program:gate"))["Location"].startswith(reverse("account_login"))


def test_the_secret_is_encrypted_in_the_database() -> None:
    from allauth.mfa.models import Authenticator

    person = builders.person(at=builders.organization())
    give_authenticator(person)
    assert "JBSWY3DP" not in str(Authenticator.objects.get(user=person).data)


def test_passwords_that_differ_in_the_73rd_place_are_two() -> None:
    person = builders.person(at=builders.organization())
    person.set_password("x" * 72 + "A")
    person.save()
    give_authenticator(person)
    assert _password(Client(), person.email, "x" * 72 + "B").status_code == 200
    assert _password(Client(), person.email, "x" * 72 + "A").status_code == 302


def test_the_demo_people_are_shown_only_in_the_demo(settings: object) -> None:
    page = Client().get(reverse("account_login")).content.decode()
    assert "harborpoint.example" not in page
    settings.DEMO = True  # type: ignore[attr-defined]
    page = Client().get(reverse("account_login")).content.decode()
    assert "noor.haddad@harborpoint.example" in page
