"""Reading what came in and what waits to go out."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from charthouse.apps.accounts.models import Organization, Person
from charthouse.apps.accounts.selectors import organization_ids
from charthouse.apps.core.errors import Denied
from charthouse.apps.exchange.models import InboundFile
from charthouse.apps.exchange.policies import INTAKE_ROLES, can_take_in


def inbox(person: Person) -> QuerySet[InboundFile]:
    """Files of the person's organizations, newest first, without their content."""
    if not can_take_in(person):
        raise Denied("Only a manager or IT sees the files that came in.")
    own = InboundFile.objects.filter(organization_id__in=organization_ids(person, *INTAKE_ROLES))
    return own.select_related("organization", "channel").defer("content", "skipped").order_by("-id")


def inbound_file(person: Person, uid: UUID) -> InboundFile:
    """One file with what was skipped in it; unknown and forbidden look the same."""
    found = InboundFile.objects.filter(uid=uid, organization_id__in=organization_ids(person, *INTAKE_ROLES)).first()
    if found is None or not can_take_in(person):
        raise Denied("There is no such file.")
    return found


def taken_before(organization: Organization, sha256: str) -> InboundFile | None:
    """The file with the same bytes that was taken already."""
    return InboundFile.objects.filter(
        organization=organization, sha256=sha256, outcome=InboundFile.Outcome.TAKEN
    ).first()
