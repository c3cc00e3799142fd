"""Who may open which chart. Apps above add rules; a chart opens when one of them says so and the gate is open."""

from __future__ import annotations

from collections.abc import Callable

from charthouse.apps.accounts.models import Person, Role
from charthouse.apps.accounts.selectors import has_role, organization_ids
from charthouse.apps.charts.models import Encounter

AccessRule = Callable[[Person, Encounter], bool]
HEADER_ROLES = (Role.CODER, Role.MANAGER, Role.BILLER)


def is_manager_there(person: Person, encounter: Encounter) -> bool:
    """A manager of the organization may open each of its charts."""
    return has_role(person, Role.MANAGER, organization_id=encounter.organization_id)


access_rules: list[AccessRule] = [is_manager_there]


def register_access_rule(rule: AccessRule) -> AccessRule:
    """Add a rule once; usable as a decorator."""
    if rule not in access_rules:
        access_rules.append(rule)
    return rule


def can_open_chart(person: Person, encounter: Encounter) -> bool:
    """Whether a rule gives this person this chart; rules never reach into another organization."""
    if not person.is_active or encounter.organization_id not in organization_ids(person):
        return False
    return any(rule(person, encounter) for rule in access_rules)


def can_see_headers(person: Person, organization_id: int) -> bool:
    """Whether the person's work needs names in lists and on claims of this organization."""
    return person.is_active and has_role(person, *HEADER_ROLES, organization_id=organization_id)
