"""Writes about people: adding somebody, giving a role."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify

from charthouse.apps.accounts.models import Membership, Organization, Person, Role
from charthouse.apps.audit.actions import record


@transaction.atomic
def add_organization(name: str) -> Organization:
    """The organization of that name, made when there is none yet."""
    organization, created = Organization.objects.get_or_create(name=name, defaults={"slug": slugify(name)[:50]})
    if created:
        record("accounts.organization.added", organization)
    return organization


@transaction.atomic
def add_person(email: str, full_name: str, password: str, **fields: object) -> Person:
    """Create a person who can sign in; roles come from `grant_role`."""
    person = Person.objects.create_user(email, password, full_name=full_name, **fields)
    record("accounts.person.added", person)
    return person


@transaction.atomic
def grant_role(person: Person, organization: Organization, role: Role) -> Membership:
    """Give a role in an organization; giving it twice changes nothing."""
    membership, created = Membership.objects.get_or_create(person=person, organization=organization, role=role)
    person.__dict__.pop("_membership_pairs", None)
    if created:
        record("accounts.role.granted", person, detail={"role": role.value, "organization": organization.slug})
    return membership
