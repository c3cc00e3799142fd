"""Who holds which role where."""

from __future__ import annotations

from django.db.models import QuerySet

from charthouse.apps.accounts.models import Membership, Organization, Person, Role


def roles_of(person: Person) -> frozenset[Role]:
    """Every role the person holds anywhere (kept on the person for the length of a request)."""
    return frozenset(role for role, _ in _memberships(person))


def has_role(person: Person, *roles: Role, organization_id: int | None = None) -> bool:
    """Whether the person holds one of the roles, in the named organization or anywhere."""
    return any(
        role in roles and (organization_id is None or where == organization_id) for role, where in _memberships(person)
    )


def organization_ids(person: Person, *roles: Role) -> set[int]:
    """Organizations in which the person holds one of the roles (or any role when none is named)."""
    return {where for role, where in _memberships(person) if not roles or role in roles}


def home_organization(person: Person) -> Organization | None:
    """The organization shown at the top of the page: the first one the person belongs to (kept like the roles)."""
    if "_home_organization" not in person.__dict__:
        found = Organization.objects.filter(memberships__person=person).order_by("id").first()
        person.__dict__["_home_organization"] = found
    home: Organization | None = person.__dict__["_home_organization"]
    return home


def people_in(organization_id: int) -> QuerySet[Person]:
    """People with any role in an organization, by name."""
    return Person.objects.filter(memberships__organization_id=organization_id).distinct().order_by("full_name")


def _memberships(person: Person) -> list[tuple[Role, int]]:
    cached = person.__dict__.get("_membership_pairs")
    if cached is None:
        pairs = Membership.objects.filter(person=person).values_list("role", "organization_id")
        cached = person.__dict__["_membership_pairs"] = [(Role(role), where) for role, where in pairs]
    found: list[tuple[Role, int]] = cached
    return found
