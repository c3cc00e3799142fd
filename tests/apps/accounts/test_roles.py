"""Roles are held in organizations and counted there only."""

from __future__ import annotations

import pytest

from charthouse.apps.accounts.actions import add_organization, add_person, grant_role
from charthouse.apps.accounts.models import Membership, Person, Role
from charthouse.apps.accounts.selectors import has_role, home_organization, organization_ids, people_in, roles_of
from charthouse.apps.audit.models import AuditEvent
from tests.apps import builders

pytestmark = pytest.mark.django_db


def test_it_works() -> None:
    where = add_organization("Harbor Test")
    person = add_person("Noor@Example.Test", "Noor Haddad", "correct horse battery")
    grant_role(person, where, Role.CODER)
    assert roles_of(person) == {Role.CODER}
    assert home_organization(person) == where
    assert [one.full_name for one in people_in(where.pk)] == ["Noor Haddad"]
    verbs = list(AuditEvent.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == ["accounts.organization.added", "accounts.person.added", "accounts.role.granted"]


def test_a_role_counts_only_where_it_is_held() -> None:
    here, there = builders.organization(), builders.organization()
    person = builders.person(Role.BILLER, at=here)
    assert has_role(person, Role.BILLER)
    assert has_role(person, Role.BILLER, Role.CODER, organization_id=here.pk)
    assert not has_role(person, Role.BILLER, organization_id=there.pk)
    assert not has_role(person, Role.CODER)
    assert organization_ids(person) == organization_ids(person, Role.BILLER) == {here.pk}
    assert organization_ids(person, Role.HR) == set()


def test_repeating_changes_nothing() -> None:
    where = builders.organization()
    person = builders.person(at=where)
    for _ in range(2):
        grant_role(person, where, Role.CODER)
    assert Membership.objects.filter(person=person).count() == 1
    assert add_organization(where.name) == where


def test_a_role_given_now_counts_now() -> None:
    where = builders.organization()
    person = builders.person(at=where)
    assert roles_of(person) == frozenset()
    grant_role(person, where, Role.AUDITOR)
    assert roles_of(person) == {Role.AUDITOR}


def test_addresses_are_one_in_any_case() -> None:
    add_person("Noor@Example.Test", "Noor Haddad", "correct horse battery")
    assert Person.objects.get_by_natural_key("NOOR@example.test").full_name == "Noor Haddad"


def test_the_password_is_not_kept() -> None:
    person = add_person("a@example.test", "A B", "correct horse battery")
    assert "horse" not in person.password
    assert person.check_password("correct horse battery")


@pytest.mark.parametrize(
    ("full", "short"), [("Noor Haddad", "N. Haddad"), ("Cher", "Cher"), ("Ana de la Cruz", "A. de la Cruz")]
)
def test_short_names(full: str, short: str) -> None:
    assert Person(full_name=full).short_name == short
