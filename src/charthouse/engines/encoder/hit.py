"""What the encoder answers."""

from __future__ import annotations

from dataclasses import dataclass

from charthouse.engines.codesets import Completion
from charthouse.kit import Code


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer. `matched` are the words of the title to highlight; `completions` the codes beside or below it."""

    code: Code
    title: str
    score: float
    matched: tuple[str, ...]
    reason: str
    is_billable: bool
    completions: tuple[Completion, ...] = ()
    marks: tuple[str, ...] = ()
