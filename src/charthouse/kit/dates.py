"""Dates of service: a day or a span of days; they decide which tables apply."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_YYYYMMDD = re.compile(r"\d{8}", re.ASCII)


def parse_yyyymmdd(text: str) -> date:
    """Read an eight-digit date (X12 D8, HL7 DT); raise ValueError for any other text or a day that does not exist."""
    if not _YYYYMMDD.fullmatch(text):
        raise ValueError(f"{text!r} is not a date as YYYYMMDD")
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


@dataclass(frozen=True, slots=True, order=True)
class ServiceDates:
    """First and last day of a service, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a service cannot end ({self.end}) before it starts ({self.start})")

    @classmethod
    def on(cls, day: date) -> ServiceDates:
        """A service of a single day."""
        return cls(day, day)

    @property
    def is_single_day(self) -> bool:
        """Whether it starts and ends on the same day."""
        return self.start == self.end

    @property
    def days(self) -> int:
        """Number of days, first and last included."""
        return (self.end - self.start).days + 1
