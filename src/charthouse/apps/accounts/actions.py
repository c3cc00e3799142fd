"""Writes about people: adding somebody, giving a role."""

from __future__ import annotations

from itertools import count

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.text import slugify

from charthouse.apps.accounts.models import Membership, Organization, Person, Role
from charthouse.apps.audit.actions import record
from charthouse.apps.core.errors import Conflict, Invalid


@transaction.atomic
def add_organization(name: str) -> Organization:
    """The organization of that name, made when there is none yet."""
    known = Organization.objects.filter(name=name).order_by("id").first()
    if known is not None:
        return known
    organization = Organization.objects.create(name=name, slug=_free_slug(name))
    record("accounts.organization.added", organization)
    return organization


@transaction.atomic
def add_person(email: str, full_name: str, password: str, **fields: object) -> Person:
    """Create a person who can sign in; roles come from `grant_role`. Refused: no address, or one that is known."""
    _check_address(email)
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


def _check_address(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        raise Invalid("This is not an e-mail address.", field="email", code="accounts.not-an-address") from error
    if Person.objects.filter(email=email.lower()).exists():
        raise Conflict(
            "Somebody signs in with this address already.",
            code="accounts.address-known",
            mend="Each person has an address of their own.",
        )


def _free_slug(name: str) -> str:
    """The name as it can stand in an address; numbered when another organization has it, for names may look alike."""
    stem = slugify(name)[:40] or "organization"
    candidates = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(slug for slug in candidates if not Organization.objects.filter(slug=slug).exists())
