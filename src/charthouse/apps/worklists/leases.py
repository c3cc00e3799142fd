"""What can be handed out, as a condition the database checks in the moment of handing out."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from charthouse.apps.accounts.models import Person
from charthouse.apps.core.clock import now
from charthouse.apps.worklists.models import WorkItem

LEASE = timedelta(hours=2)


def free(at: datetime) -> Q:
    """Ready and nobody's, or in progress under a lease that has ended."""
    ended = Q(state=WorkItem.State.IN_PROGRESS) & (Q(lease_until__lte=at) | Q(lease_until__isnull=True))
    return Q(state=WorkItem.State.READY) | ended


def in_order(items: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    """What is to be coded first: priority, then the earliest due time."""
    return items.order_by("priority", F("due_at").asc(), "id")


def claim(person: Person, item_id: int) -> bool:
    """Give the item to the person if it is still free; of many who ask at once exactly one gets True."""
    at = now()
    claimed = WorkItem.objects.filter(free(at), pk=item_id).update(
        state=WorkItem.State.IN_PROGRESS, assigned_to=person, lease_until=at + LEASE
    )
    return claimed == 1
