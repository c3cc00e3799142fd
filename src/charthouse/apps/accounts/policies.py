"""Who may use a route: the words the tables of the doors are written in."""

from __future__ import annotations

from collections.abc import Callable

from charthouse.apps.accounts.models import Person, Role
from charthouse.apps.accounts.selectors import has_role

RoutePolicy = Callable[[Person | None], bool]


def anyone(person: Person | None) -> bool:
    """Open to all, signed in or not."""
    return True


def signed_in(person: Person | None) -> bool:
    """Open to everybody who is signed in."""
    return person is not None


def roles(*wanted: Role) -> RoutePolicy:
    """Open to people who hold one of the roles somewhere; what they see is decided by selectors."""

    def policy(person: Person | None) -> bool:
        return person is not None and has_role(person, *wanted)

    return policy
