"""Adding organizations and people: names that look alike, addresses that are known, and what the log keeps."""

from __future__ import annotations

import pytest

from charthouse.apps.accounts.actions import add_organization, add_person, grant_role
from charthouse.apps.accounts.models import Membership, Organization, Person, Role
from charthouse.apps.accounts.selectors import has_role, home_organization, organization_ids, people_in
from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.core.errors import Conflict, Invalid
from tests.apps import builders

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.mark.parametrize(
    ("first", "second"),
    [("Harbor Point", "Harbor Point!"), ("Clínica Río", "Clinica Rio"), ("東京", "大阪"), ("A" * 60, "A" * 61)],
)
def test_names_that_look_alike_are_two_organizations(first: str, second: str) -> None:
    one, other = add_organization(first), add_organization(second)
    assert one.pk != other.pk
    assert one.slug != other.slug
    assert add_organization(first) == one
    assert add_organization(second) == other


@pytest.mark.parametrize("name", ["Harbor Point Health", "東京", "!!!", "x" * 120])
def test_a_slug_always_fits_an_address(name: str) -> None:
    slug = add_organization(name).slug
    assert slug
    assert len(slug) <= 50
    assert slug.replace("-", "").isalnum()
    assert slug.isascii()


def test_two_of_one_name_do_not_stop_the_first_from_being_found() -> None:
    first = builders.organization("Twin")
    builders.organization("Twin")
    assert add_organization("Twin") == first


def test_an_organization_known_already_is_no_event() -> None:
    add_organization("Harbor Point")
    add_organization("Harbor Point")
    assert AuditEvent.objects.filter(verb="accounts.organization.added").count() == 1


@pytest.mark.parametrize("email", ["a@example.test", "A@EXAMPLE.TEST", "a@Example.test"])
def test_an_address_in_any_case_is_one_person(email: str) -> None:
    add_person("a@example.test", "Ana Lund", PASSWORD)
    with pytest.raises(Conflict) as refused:
        add_person(email, "Other Name", PASSWORD)
    assert refused.value.code == "accounts.address-known"
    assert refused.value.mend
    assert Person.objects.get().full_name == "Ana Lund"


@pytest.mark.parametrize("email", ["", "a", "a@", "@b.test", "a b@c.test", "a@b@c.test", "a@b.test\n"])
def test_what_is_no_address_is_refused(email: str) -> None:
    with pytest.raises(Invalid) as refused:
        add_person(email, "Ana Lund", PASSWORD)
    assert (refused.value.code, refused.value.field) == ("accounts.not-an-address", "email")
    assert not Person.objects.exists()
    assert not AuditEvent.objects.exists()


def test_the_events_name_ids_and_roles_and_nothing_private() -> None:
    where = add_organization("Harbor Point")
    person = add_person("a@example.test", "Ana Lund", PASSWORD, phone="5555550100", home_office="12 Quay Street")
    grant_role(person, where, Role.BILLER)
    added, granted = (AuditEvent.objects.get(verb=f"accounts.{verb}") for verb in ("person.added", "role.granted"))
    assert (added.object_type, added.object_id, added.detail) == ("accounts.Person", str(person.uid), {})
    assert (granted.object_id, granted.detail) == (str(person.uid), {"role": "biller", "organization": where.slug})
    assert {added.subject, granted.subject} == {""}
    told = "".join(f"{event.detail}{event.reason}{event.object_id}" for event in AuditEvent.objects.all())
    assert not any(word in told for word in (PASSWORD, "5555550100", "Quay", "a@example.test"))


def test_a_role_given_twice_is_one_row_and_one_event() -> None:
    where, person = builders.organization(), builders.person()
    assert grant_role(person, where, Role.HR) == grant_role(person, where, Role.HR)
    assert AuditEvent.objects.filter(verb="accounts.role.granted").count() == 1


def test_roles_in_two_organizations_stay_apart() -> None:
    here, there = builders.organization(), builders.organization()
    person = builders.person(Role.CODER, at=here)
    grant_role(person, there, Role.AUDITOR)
    assert organization_ids(person) == {here.pk, there.pk}
    assert organization_ids(person, Role.CODER) == {here.pk}
    assert has_role(person, Role.AUDITOR, organization_id=there.pk)
    assert not has_role(person, Role.AUDITOR, organization_id=here.pk)
    assert home_organization(person) == here


def test_somebody_with_three_roles_is_listed_once_and_by_name() -> None:
    where = builders.organization()
    both = builders.person(Role.CODER, Role.MANAGER, Role.BILLER, at=where, name="Zoe Last")
    first = builders.coder(where, "Abel First")
    builders.coder(builders.organization(), "Nobody Here")
    assert list(people_in(where.pk)) == [first, both]


def test_somebody_without_roles_belongs_nowhere() -> None:
    person = builders.person()
    assert home_organization(person) is None
    assert organization_ids(person) == set()


def test_a_person_is_asked_for_by_what_is_stored_for_each_request() -> None:
    person = builders.person(Role.CODER)
    assert has_role(person, Role.CODER)
    Membership.objects.all().delete()
    assert not has_role(Person.objects.get(pk=person.pk), Role.CODER)


def test_nobody_is_staff_or_superuser() -> None:
    person = builders.person(*Role)
    assert not person.is_staff
    assert not person.is_superuser


def test_a_person_without_a_password_cannot_sign_in() -> None:
    made = Person.objects.create_user("a@example.test", None, full_name="Ana Lund")
    assert not made.has_usable_password()
    assert not made.check_password("")


def test_roles_have_labels_for_people() -> None:
    assert {role.value for role in Role} == {
        "coder",
        "manager",
        "auditor",
        "biller",
        "compliance",
        "it-admin",
        "provider",
        "hr",
    }
    where = builders.organization("Harbor")
    held = builders.person(Role.IT_ADMIN, at=where, name="Ada T").memberships.get()
    assert str(held) == "Ada T: IT administrator at Harbor"
    assert str(Organization.objects.get(pk=where.pk)) == "Harbor"
