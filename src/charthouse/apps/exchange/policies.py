"""Who may hand files in and see what came in."""

from __future__ import annotations

from charthouse.apps.accounts.models import Person, Role
from charthouse.apps.accounts.selectors import has_role

INTAKE_ROLES = (Role.IT_ADMIN, Role.MANAGER)


def can_take_in(person: Person, organization_id: int | None = None) -> bool:
    """Whether the person may hand in files, for the named organization or for any."""
    return person.is_active and has_role(person, *INTAKE_ROLES, organization_id=organization_id)
