"""What a rule says about a piece of work: how bad, where, why, by which source, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """From worst to least. NO_DATA is its own state and is never a pass."""

    FATAL = "fatal"
    WARNING = "warning"
    ADVICE = "advice"
    NO_DATA = "no-data"

    @property
    def order(self) -> int:
        """Position for sorting, worst first."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Mend:
    """One action that would settle a finding: a verb the caller knows, its arguments and a label for people."""

    action: str
    label: str
    arguments: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule found.

    `rule` is a stable id such as `icd10cm.excludes1`; `where` names the object for the caller (`dx:3`, `line:2`);
    `value` is the value at fault; `citation` names the source with its release or date.
    """

    rule: str
    severity: Severity
    message: str
    citation: str
    where: str = ""
    value: str = ""
    detail: str = ""
    mends: tuple[Mend, ...] = ()

    @property
    def stops(self) -> bool:
        """Whether work cannot go on until it is settled."""
        return self.severity is Severity.FATAL
