"""Who may load code sets and give CPT seats, and who sees CPT descriptors."""

from __future__ import annotations

from datetime import date

from charthouse.apps.accounts.models import Person, Role
from charthouse.apps.accounts.selectors import has_role
from charthouse.apps.core.clock import today
from charthouse.apps.core.errors import Denied
from charthouse.apps.reference.selectors.cpt import may_see_descriptors

KEEPERS = (Role.IT_ADMIN, Role.MANAGER)


def may_manage_code_sets(person: Person) -> bool:
    """Whether the person loads and withdraws code sets, states the CPT licence and gives its seats."""
    return person.is_active and has_role(person, *KEEPERS)


def refuse_others(person: Person | None) -> None:
    """Raise Denied for somebody who may not manage code sets; None is whoever holds the installation's terminal."""
    if person is not None and not may_manage_code_sets(person):
        raise Denied("Only a manager or IT looks after code sets.")


def may_see_descriptor(person: Person | None, on: date | None = None) -> bool:
    """Whether the person sees the CPT descriptors of a day (today): with a seat, under a licence in force."""
    return may_see_descriptors(person, on or today())
