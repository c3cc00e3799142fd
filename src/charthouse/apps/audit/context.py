"""Who is acting, kept for the length of a request, a command or a job."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or a part of the system. `id` is a person's uid or a name; `session` a digest, never the key.

    `organization` may be a way to look it up: it is asked only when something is recorded.
    """

    id: str
    label: str
    organization: str | Callable[[], str] = ""
    address: str = ""
    session: str = ""

    @property
    def organization_id(self) -> str:
        """The uid of the organization; empty when there is none."""
        return self.organization if isinstance(self.organization, str) else self.organization()


SYSTEM = Actor("system", "Charthouse")
_current: ContextVar[Actor] = ContextVar("actor", default=SYSTEM)


def current_actor() -> Actor:
    """The actor of this request, command or job; the system itself when nobody said otherwise."""
    return _current.get()


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """Let everything recorded inside be attributed to this actor."""
    token = _current.set(actor)
    try:
        yield
    finally:
        _current.reset(token)
