"""Who may code a chart, and who may see what was coded."""

from __future__ import annotations

from datetime import datetime

from charthouse.apps.accounts.models import Person, Role
from charthouse.apps.accounts.selectors import has_role
from charthouse.apps.charts.models import Encounter
from charthouse.apps.coding.models import CodingSummary
from charthouse.apps.worklists.models import WorkItem
from charthouse.apps.worklists.policies import is_assigned


def may_code(person: Person, encounter: Encounter) -> bool:
    """The coder who has the chart in hand from the worklist."""
    return person.is_active and is_assigned(person, encounter)


def holds_lease(person: Person, encounter: Encounter, at: datetime) -> bool:
    """Whether the chart is still kept for this person at that moment."""
    return WorkItem.objects.filter(
        encounter=encounter, assigned_to=person, state=WorkItem.State.IN_PROGRESS, lease_until__gt=at
    ).exists()


def may_see_summary(person: Person, summary: CodingSummary) -> bool:
    """Its coder, and those in the organization who check, bill or answer for coded work."""
    roles = (Role.MANAGER, Role.AUDITOR, Role.BILLER)
    return summary.coder_id == person.pk or has_role(person, *roles, organization_id=summary.encounter.organization_id)
