"""Who may change the practice's master data."""

from __future__ import annotations

from charthouse.apps.accounts.models import Person, Role
from charthouse.apps.accounts.selectors import has_role


def can_set_up(person: Person, organization_id: int) -> bool:
    """Whether the person may change billing profile, facilities, providers, payers and charge master."""
    return person.is_active and has_role(person, Role.MANAGER, Role.IT_ADMIN, organization_id=organization_id)
