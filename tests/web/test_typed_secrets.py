"""What somebody types where a secret belongs is kept nowhere, and wrong tries count for one person only."""

from __future__ import annotations

import pytest
from axes.models import AccessAttempt
from django.db import connection
from django.test import Client
from django.urls import reverse

from charthouse.apps.accounts.models import Organization, Person, Role
from tests.apps import builders
from tests.web.clients import PASSWORD, signed_in

pytestmark = pytest.mark.django_db
TYPED = "correct horse batterz"


@pytest.fixture
def practice() -> Organization:
    return builders.organization()


@pytest.fixture
def person(practice: Organization) -> Person:
    return builders.person(Role.HR, at=practice, name="Dana Whitlock")


def _everything_stored() -> str:
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += cursor.fetchall()
    return str(rows)


def test_a_wrong_password_at_the_lock_page_is_kept_nowhere(person: Person) -> None:
    client = signed_in(person)
    client.post(reverse("lock"))
    client.post(reverse("locked"), {"secret": TYPED})
    assert AccessAttempt.objects.get().username == person.email
    assert TYPED not in _everything_stored()


def test_a_wrong_password_at_signing_is_kept_nowhere(practice: Organization) -> None:
    coder = builders.person(Role.CODER, at=practice)
    builders.agreement(practice, "telecommuting")
    page = reverse("program:agreement", args=["telecommuting"])
    given = {"typed_name": coder.full_name, "consent": "yes", "secret": TYPED}
    assert signed_in(coder).post(page, given).status_code == 400
    assert AccessAttempt.objects.exists()
    assert TYPED not in _everything_stored()


def test_a_wrong_password_at_signing_in_is_kept_nowhere(person: Person) -> None:
    Client().post(reverse("account_login"), {"login": person.email.upper(), "password": TYPED})
    assert AccessAttempt.objects.get().username == person.email
    assert TYPED not in _everything_stored()


def test_wrong_tries_of_one_person_lock_nobody_else_out(person: Person, practice: Organization) -> None:
    other = builders.person(Role.HR, at=practice)
    for _ in range(2):
        Client().post(reverse("account_login"), {"login": person.email, "password": TYPED})
    Client().post(reverse("account_login"), {"login": other.email, "password": TYPED})
    tries = dict(AccessAttempt.objects.values_list("username", "failures_since_start"))
    assert tries == {person.email: 2, other.email: 1}


def test_ten_wrong_tries_lock_the_person_out(person: Person) -> None:
    AccessAttempt.objects.create(username=person.email, ip_address="127.0.0.1", failures_since_start=10)
    client = signed_in(person)
    client.post(reverse("lock"))
    assert client.post(reverse("locked"), {"secret": PASSWORD}).status_code in (400, 403, 429)
    assert client.get(reverse("program:gate")).status_code == 302


@pytest.mark.parametrize("elsewhere", ["abc", "program:gate", "gate/", ".", "\\\\evil.example"])
def test_what_is_no_path_leads_home_after_unlocking(person: Person, elsewhere: str) -> None:
    client = signed_in(person)
    client.post(reverse("lock"))
    assert client.post(reverse("locked"), {"secret": PASSWORD, "next": elsewhere})["Location"] == reverse("home")
