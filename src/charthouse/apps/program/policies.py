"""Who may publish agreements and see who signed what."""

from __future__ import annotations

from charthouse.apps.accounts.models import Person, Role
from charthouse.apps.accounts.selectors import has_role

PUBLISHERS = (Role.COMPLIANCE, Role.HR)
REGISTER_ROLES = (Role.COMPLIANCE, Role.HR, Role.MANAGER, Role.IT_ADMIN)


def can_publish(person: Person, organization_id: int) -> bool:
    """Whether the person may put a new text into force."""
    return person.is_active and has_role(person, *PUBLISHERS, organization_id=organization_id)


def can_see_register(person: Person) -> bool:
    """Whether the person may see who signed what, somewhere."""
    return person.is_active and has_role(person, *REGISTER_ROLES)


def can_sign(person: Person, organization_id: int) -> bool:
    """Whether the organization's agreements are the person's to sign."""
    return person.is_active and has_role(person, *Role, organization_id=organization_id)
