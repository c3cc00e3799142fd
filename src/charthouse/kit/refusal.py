"""Why an input was refused: what, where, by which rule, and what to do. Data first; the exception only carries it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refused input. `source` is the file or field, `place` a line, byte, path or element in it, `rule` a stable id.

    `value` is a short excerpt of what is wrong and must never hold patient data.
    """

    source: str
    place: str
    rule: str
    message: str
    mend: str = ""
    value: str = ""

    def __str__(self) -> str:
        place = f", {self.place}" if self.place else ""
        mend = f" {self.mend}" if self.mend else ""
        return f"{self.source}{place}: {self.message} [{self.rule}]{mend}"


class Refused(Exception):
    """Raised when an input is refused as a whole; nothing of it was kept."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal
