"""Who works on worklists, and the rule that opens a chart to the person it is assigned to."""

from __future__ import annotations

from charthouse.apps.accounts.models import Person, Role
from charthouse.apps.accounts.selectors import organization_ids
from charthouse.apps.charts.models import Encounter
from charthouse.apps.worklists.models import WorkItem


def coding_organizations(person: Person) -> set[int]:
    """Organizations for which the person codes; managers may code too."""
    return organization_ids(person, Role.CODER, Role.MANAGER) if person.is_active else set()


def managed_organizations(person: Person) -> set[int]:
    """Organizations whose whole worklist the person sees."""
    return organization_ids(person, Role.MANAGER) if person.is_active else set()


def can_manage(person: Person, item: WorkItem) -> bool:
    """Whether the person may take this item from somebody or change its priority."""
    return item.encounter.organization_id in managed_organizations(person)


def is_assigned(person: Person, encounter: Encounter) -> bool:
    """Chart access rule: the coder who has the encounter in hand, until it is coded or handed back."""
    if encounter.organization_id not in coding_organizations(person):
        return False
    in_hand = WorkItem.objects.filter(encounter=encounter, assigned_to=person, state=WorkItem.State.IN_PROGRESS)
    return in_hand.exists()
