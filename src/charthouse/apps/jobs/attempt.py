"""One attempt at a piece of work that must not take its caller down with it."""

from __future__ import annotations

import traceback
from types import TracebackType


class Attempt:
    """Keeps an error that leaves the block and goes on; interrupts and exits pass through.

    `error` says what went wrong without the exception's own text, which may hold patient data.
    """

    def __init__(self) -> None:
        self.cause: Exception | None = None

    def __enter__(self) -> Attempt:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, cause: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self.cause = cause if isinstance(cause, Exception) else None
        return self.cause is not None

    @property
    def failed(self) -> bool:
        """Whether an error ended the block."""
        return self.cause is not None

    @property
    def error(self) -> str:
        """`ValueError in charthouse.apps.billing.answers line 40`, or empty."""
        if self.cause is None:
            return ""
        frames = list(traceback.walk_tb(self.cause.__traceback__))
        own = [(f, line) for f, line in frames if f.f_globals.get("__name__", "").startswith("charthouse.")]
        frame, line = (own or frames)[-1]
        return f"{type(self.cause).__name__} in {frame.f_globals.get('__name__', '?')} line {line}"[:300]
