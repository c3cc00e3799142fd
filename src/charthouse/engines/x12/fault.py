"""What is wrong with an X12 file, as data: level, rule, place, value and a sentence; nothing here is ever raised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class X12Fault:
    """One fault. `level` is the SNIP type (1 syntax and envelope, 2 guide, 3 balance); positions count ISA as 1.

    `position` counts segments in the file, `position_in_set` from ST as 1 (what IK302 wants; 0 outside a set).
    """

    level: int
    rule: str
    sentence: str
    position: int = 0
    segment: str = ""
    element: int = 0
    component: int = 0
    loop: str = ""
    value: str = ""
    set_control: str = ""
    position_in_set: int = 0

    @property
    def at(self) -> str:
        """The segment or element at fault as people write it: `CLP04`, `CAS`, `SE01`."""
        return f"{self.segment}{self.element:02d}" if self.element else self.segment

    def __str__(self) -> str:
        return f"segment {self.position} {self.at}: {self.sentence} [{self.rule}]"


Report = Callable[[X12Fault], None]
"""Where a reader hands over a fault it found; usually a list's `append`."""
