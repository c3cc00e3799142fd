"""The segment writer: cleans every value by the character policy, trims empty ends, refuses what is too long."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from charthouse.engines.x12.characters import element_text
from charthouse.engines.x12.limits import LONGEST
from charthouse.engines.x12.segment import Delimiters
from charthouse.kit import Money, Refusal, Refused, ServiceDates

Value = str | Money | date | Decimal | int | None | tuple["str | Money | Decimal | int | None", ...]
"""What an element may be given: a tuple is a composite, None is empty."""

_PLAIN = re.compile(r"[A-Z0-9.\-/]*(?: [A-Z0-9.\-/]+)*", re.ASCII)


class SegmentWriter:
    """Collects segments as text; `keeps_case` is for payer-side sets, which echo what they were sent."""

    def __init__(self, delimiters: Delimiters, *, keeps_case: bool = False) -> None:
        self._delimiters = delimiters
        self._keeps_case = keeps_case
        self.lines: list[str] = []

    def add(self, segment_id: str, *values: Value) -> None:
        """Append a segment; empty elements at its end are left off."""
        limits = LONGEST.get(segment_id, {})
        elements = [self._element(segment_id, n, value, limits) for n, value in enumerate(values, start=1)]
        while elements and not elements[-1]:
            elements.pop()
        self.lines.append(self._delimiters.element.join((segment_id, *elements)))

    def add_if(self, condition: object, segment_id: str, *values: Value) -> None:
        """Append a segment where `condition` is true."""
        if condition:
            self.add(segment_id, *values)

    def add_raw(self, elements: tuple[str, ...]) -> None:
        """Append a segment kept as it was read."""
        self.lines.append(self._delimiters.element.join(elements))

    def _element(self, segment_id: str, number: int, value: Value, limits: dict[int, int]) -> str:
        field = f"{segment_id}{number:02d}"
        if isinstance(value, tuple):
            parts = [self._text(part, field) for part in value]
            while parts and not parts[-1]:
                parts.pop()
            return self._delimiters.component.join(parts)
        text = self._text(value, field)
        if number in limits and len(text) > limits[number]:
            raise Refused(_too_long(field, len(text), limits[number]))
        return text

    def _text(self, value: str | Money | date | Decimal | int | None, field: str) -> str:
        if isinstance(value, str):
            # Codes, numbers and plain capitals are nearly everything; they need no cleaning.
            if _PLAIN.fullmatch(value) and not any(mark in value for mark in self._delimiters.all):
                return value
            return element_text(value, field, self._delimiters, keeps_case=self._keeps_case)
        return _formatted(value)


def _formatted(value: Money | date | Decimal | int | None) -> str:
    if value is None:
        return ""
    if isinstance(value, Money):
        return value.x12()
    if isinstance(value, Decimal):
        return quantity_text(value)
    return f"{value:%Y%m%d}" if isinstance(value, date) else str(value)


def quantity_text(quantity: Decimal) -> str:
    """Write a quantity the X12 way (data type R): no exponent, no trailing zeros after the point."""
    text = f"{quantity:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def period(dates: ServiceDates) -> tuple[str, str]:
    """The qualifier and text of a date or a span: D8 for one day, RD8 for more."""
    if dates.is_single_day:
        return "D8", f"{dates.start:%Y%m%d}"
    return "RD8", f"{dates.start:%Y%m%d}-{dates.end:%Y%m%d}"


def _too_long(field: str, length: int, longest: int) -> Refusal:
    return Refusal(
        source=field,
        place="",
        rule="x12.element.too-long",
        message=f"The text has {length} characters and {field} takes {longest}.",
        mend="Shorten it; nothing is cut off in silence.",
    )
