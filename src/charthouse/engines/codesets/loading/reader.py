"""What a reader of one official layout offers to the loader."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.source import Source
from charthouse.engines.codesets.shelf import Canary, Sheet, Table, Value, Volume

Row = tuple[str, tuple[Value, ...]]  # the sheet it belongs to, and its values in the order of the sheet's columns


@dataclass(frozen=True, slots=True)
class Head:
    """What a file is recognised by: its name without folders, and its first bytes (unpacked)."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file is. Days that neither name nor content tell are None: the person who loads has to give them.

    `notes` are kept with the release: a file's own notice, and that its codes are made up.
    """

    table: Table
    label: str
    starts: date | None
    ends: date | None
    part: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_made_up(self) -> bool:
        """Whether the file says that its codes are made up, and its reader holds it to that."""
        return "made-up" in self.notes


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one layout.

    `recognise` returns None for a file of another kind. `read` yields rows and adds to Faults; it may raise Refused.
    `canaries` looks at the finished volume. Files that are `bundled` make one release together (the MCD tables).
    `common` is a question that every part of a release answers alike, where it has an answer: a part that was cut off
    at the end of a line gives itself away.
    """

    layout: str
    sheets: tuple[Sheet, ...]
    recognise: Callable[[Head], Recognised | None]
    read: Callable[[Sequence[Source], Recognised, Faults], Iterator[Row]]
    canaries: Callable[[Volume, Recognised], Sequence[Canary]]
    is_bundled: bool = False
    common: str = ""
