"""`charthouse person add` refuses what it cannot use, and leaves nothing behind when it does."""

from __future__ import annotations

import argparse
import getpass

import pytest

from charthouse.apps.accounts.models import Membership, Organization, Person, Role
from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.program.models import AgreementVersion
from charthouse.cli import person
from tests.apps import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _already_running(monkeypatch: pytest.MonkeyPatch) -> None:
    # The test process has Django and its database already.
    monkeypatch.setattr(person, "ready_django", lambda: None)
    monkeypatch.setattr(getpass, "getpass", lambda _: "a long first password")


def add(email: str, where: str = "Lund Practice", *roles: str) -> int:
    parser = argparse.ArgumentParser()
    person.add_arguments(parser)
    words = ["add", email, "Ana Lund", "--organization", where]
    return person.run(parser.parse_args([*words, *(word for role in roles or ("hr",) for word in ("--role", role))]))


def test_a_second_time_is_refused_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert add("ana@example.test") == 0
    events = AuditEvent.objects.count()
    assert add("Ana@Example.TEST", "Another Practice") == 1
    assert "address already" in capsys.readouterr().err
    assert Person.objects.count() == 1
    assert not Organization.objects.filter(name="Another Practice").exists()
    assert AuditEvent.objects.count() == events


@pytest.mark.parametrize("email", ["ana", "ana@", "@example.test", "ana lund@example.test", ""])
def test_what_is_no_address_is_refused_in_words(email: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert add(email) == 1
    assert "not an e-mail address" in capsys.readouterr().err
    assert not Person.objects.exists()
    assert not Organization.objects.exists()
    assert not AgreementVersion.objects.exists()


def test_a_known_organization_is_joined_and_its_agreements_stay() -> None:
    where = builders.organization("Lund Practice")
    builders.agreement(where, "telecommuting")
    assert add("ana@example.test", "Lund Practice", "coder", "biller") == 0
    assert AgreementVersion.objects.count() == 1
    held = set(Membership.objects.values_list("organization_id", "role"))
    assert held == {(where.pk, Role.CODER), (where.pk, Role.BILLER)}


def test_everything_is_in_the_log_and_no_password() -> None:
    add("ana@example.test", "Lund Practice", "coder")
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"accounts.organization.added", "accounts.person.added", "accounts.role.granted"} <= verbs
    for event in AuditEvent.objects.all():
        assert "password" not in f"{event.detail} {event.reason}"


def test_a_new_person_is_remote_until_somebody_says_otherwise() -> None:
    add("ana@example.test")
    assert Person.objects.get().is_remote
    assert Person.objects.get().is_active
