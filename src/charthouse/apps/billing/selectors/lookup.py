"""Finding claims a person may see; unknown and forbidden look the same."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from charthouse.apps.accounts.models import Person
from charthouse.apps.accounts.selectors import organization_ids
from charthouse.apps.billing.models import Claim
from charthouse.apps.billing.policies import BILLING_ROLES, can_see_claims
from charthouse.apps.core.errors import Denied


def claims_of(person: Person) -> QuerySet[Claim]:
    """Claims of the organizations in which the person works with claims."""
    if not can_see_claims(person):
        raise Denied("Only a biller or a manager sees claims.")
    return Claim.objects.filter(organization_id__in=organization_ids(person, *BILLING_ROLES))


def claim_for(person: Person, uid: UUID | str) -> Claim:
    """One claim with what its page names."""
    rows = claims_of(person).select_related(
        "organization", "payer", "encounter__patient", "encounter__facility", "summary__coder"
    )
    known = as_uuid(uid)
    found = rows.filter(uid=known).first() if known else None
    if found is None:
        raise Denied("There is no such claim.")
    return found


def as_uuid(value: UUID | str) -> UUID | None:
    """Read a uid somebody sent; None when it is none."""
    try:
        return value if isinstance(value, UUID) else UUID(value)
    except ValueError:
        return None
