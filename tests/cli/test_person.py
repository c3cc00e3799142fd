"""`charthouse person add`: somebody who may sign in on an installation without the demo."""

from __future__ import annotations

import argparse
import getpass

import pytest

from charthouse.apps.accounts.models import Organization, Person, Role
from charthouse.apps.accounts.selectors import roles_of
from charthouse.apps.program.models import AgreementVersion
from charthouse.cli import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _already_running(monkeypatch: pytest.MonkeyPatch) -> None:
    # The test process has Django and its database already.
    monkeypatch.setattr(person, "ready_django", lambda: None)


def _add(monkeypatch: pytest.MonkeyPatch, password: str, *roles: str) -> int:
    monkeypatch.setattr(getpass, "getpass", lambda _: password)
    parser = argparse.ArgumentParser()
    person.add_arguments(parser)
    words = ["add", "ana@example.test", "Ana Lund", "--organization", "Lund Practice"]
    return person.run(parser.parse_args([*words, *(word for role in roles for word in ("--role", role))]))


def test_it_works(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _add(monkeypatch, "a long first password", "it-admin", "manager") == 0
    ana = Person.objects.get(email="ana@example.test")
    assert roles_of(ana) == {Role.IT_ADMIN, Role.MANAGER}
    assert ana.check_password("a long first password")


def test_a_new_organization_gets_the_shipped_agreements_once(monkeypatch: pytest.MonkeyPatch) -> None:
    _add(monkeypatch, "a long first password", "hr")
    where = Organization.objects.get(name="Lund Practice")
    kinds = AgreementVersion.objects.filter(organization=where).values_list("kind", flat=True)
    assert sorted(kinds) == ["confidentiality", "telecommuting"]


@pytest.mark.parametrize(("password", "role"), [("short", "hr"), ("password1234", "hr"), ("a long password", "king")])
def test_a_weak_password_or_an_unknown_role_adds_nobody(
    monkeypatch: pytest.MonkeyPatch, password: str, role: str
) -> None:
    assert _add(monkeypatch, password, role) == 1
    assert not Person.objects.exists()
