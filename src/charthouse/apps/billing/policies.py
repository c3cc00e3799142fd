"""Who may see and send claims."""

from __future__ import annotations

from charthouse.apps.accounts.models import Person, Role
from charthouse.apps.accounts.selectors import has_role

BILLING_ROLES = (Role.BILLER, Role.MANAGER)


def can_see_claims(person: Person, organization_id: int | None = None) -> bool:
    """Whether the person may see claims and money, of the named organization or of any."""
    return person.is_active and has_role(person, *BILLING_ROLES, organization_id=organization_id)


def can_work_claims(person: Person, organization_id: int) -> bool:
    """Whether the person may send claims, mend them, post by hand and work denials."""
    return person.is_active and has_role(person, *BILLING_ROLES, organization_id=organization_id)
