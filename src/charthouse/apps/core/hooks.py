"""How an upper app hears of what a lower one did, without the lower one knowing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Event = TypeVar("Event")


class Hook(Generic[Event]):
    """A named point where handlers registered by upper apps run, in order, in the caller's transaction."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._handlers: list[Callable[[Event], None]] = []

    def register(self, handler: Callable[[Event], None]) -> Callable[[Event], None]:
        """Add a handler once; usable as a decorator."""
        if handler not in self._handlers:
            self._handlers.append(handler)
        return handler

    def send(self, event: Event) -> None:
        """Run every handler; an error in one undoes the caller's transaction."""
        for handler in self._handlers:
            handler(event)
