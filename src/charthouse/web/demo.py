"""Where the demo, which stands above this door, shows its people on the sign-in page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from django.conf import settings


class DemoPerson(Protocol):
    """Somebody of the demo and how to sign in as them now."""

    @property
    def name(self) -> str:
        """Full name."""

    @property
    def role(self) -> str:
        """Roles, in words."""

    @property
    def email(self) -> str:
        """Address to sign in with."""

    @property
    def code(self) -> str:
        """Six digits that are good now."""


_providers: list[Callable[[], tuple[str, Sequence[DemoPerson]]]] = []


def show_people(provider: Callable[[], tuple[str, Sequence[DemoPerson]]]) -> None:
    """Register who gives the password and the people of the demo."""
    _providers[:] = [provider]


def demo_people() -> tuple[str, Sequence[DemoPerson]] | None:
    """The demo's password and people; nothing unless this installation was started as the demo."""
    return _providers[0]() if settings.DEMO and _providers else None
