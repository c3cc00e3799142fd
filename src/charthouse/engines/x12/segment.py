"""One X12 segment as read, and the four delimiters that part it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Delimiters:
    """The characters one interchange uses; `repetition` is empty where the ISA declares none."""

    element: str = "*"
    component: str = ":"
    repetition: str = "^"
    terminator: str = "~"

    @property
    def all(self) -> str:
        """Every delimiter in one text, for replacing them in data."""
        return self.element + self.component + self.repetition + self.terminator


DEFAULT_DELIMITERS = Delimiters()


@dataclass(slots=True)
class Segment:
    """A segment at its 1-based position in the file; `elements[0]` is its id."""

    position: int
    elements: list[str]
    delimiters: Delimiters

    @property
    def id(self) -> str:
        """The segment id, such as `CLM`."""
        return self.elements[0]

    def get(self, element: int) -> str:
        """The text of an element counted from 1; empty where the segment is shorter."""
        return self.elements[element] if element < len(self.elements) else ""

    def components(self, element: int) -> list[str]:
        """The components of a composite element; an empty element has one empty component."""
        return self.get(element).split(self.delimiters.component)

    def component(self, element: int, number: int) -> str:
        """One component counted from 1; empty where the composite is shorter."""
        parts = self.components(element)
        return parts[number - 1] if number <= len(parts) else ""

    @property
    def raw(self) -> tuple[str, ...]:
        """The elements as an immutable row, for keeping what no model has a field for."""
        return tuple(self.elements)
