"""What the code book answers: entries, notes with their origin, path steps and completions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from charthouse.engines.codesets.tabular import NodeKind, NoteKind
from charthouse.kit import Code

NO_TEXT = "description not loaded"


@dataclass(frozen=True, slots=True)
class Step:
    """One level above a code: a chapter, a section, or a category on the way down. `name` is as people write it."""

    kind: NodeKind
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Note:
    """An instruction in the tabular list: its lines, and the code, section or chapter it stands at."""

    kind: NoteKind
    lines: tuple[str, ...]
    origin: Step
    is_inherited: bool

    @property
    def place(self) -> str:
        """Where it stands, in words: `chapter 10`, `section J40-J4A`, `J44`."""
        return self.origin.name if self.origin.kind is NodeKind.CODE else f"{self.origin.kind} {self.origin.name}"


@dataclass(frozen=True, slots=True)
class Completion:
    """A way to go on from an incomplete code; `characters` are what to add, `meaning` what they say."""

    code: Code
    characters: str
    meaning: str
    is_billable: bool


@dataclass(frozen=True, slots=True)
class Icd10cmEntry:
    """One ICD-10-CM code of any length, with everything the tabular list says of it."""

    code: Code
    title: str
    is_header: bool
    has_text: bool
    is_placeholder: bool
    path: tuple[Step, ...]
    notes: tuple[Note, ...]
    inclusion_terms: tuple[str, ...]
    seventh_characters: tuple[tuple[str, str], ...]

    @property
    def display(self) -> str:
        """The code with its dot."""
        return self.code.display

    def notes_of(self, kind: NoteKind) -> tuple[Note, ...]:
        """Its notes of one kind, from the nearest to the furthest origin."""
        return tuple(note for note in self.notes if note.kind is kind)

    @property
    def includes(self) -> tuple[Note, ...]:
        """What is coded here."""
        return self.notes_of(NoteKind.INCLUDES)

    @property
    def excludes1(self) -> tuple[Note, ...]:
        """What may never stand beside it."""
        return self.notes_of(NoteKind.EXCLUDES1)

    @property
    def excludes2(self) -> tuple[Note, ...]:
        """What is not part of it but may stand beside it."""
        return self.notes_of(NoteKind.EXCLUDES2)

    @property
    def code_first(self) -> tuple[Note, ...]:
        """What must be sequenced before it."""
        return self.notes_of(NoteKind.CODE_FIRST)

    @property
    def use_additional(self) -> tuple[Note, ...]:
        """What to code besides."""
        return self.notes_of(NoteKind.USE_ADDITIONAL)

    @property
    def code_also(self) -> tuple[Note, ...]:
        """What to code too, in either order."""
        return self.notes_of(NoteKind.CODE_ALSO)


@dataclass(frozen=True, slots=True)
class HcpcsEntry:
    """A HCPCS Level II code: the text of a loaded release, or Charthouse's own label in the demo set.

    `unit` says what one unit is, where known; the dates bound its use.
    """

    code: Code
    label: str
    unit: str
    valid_from: date
    valid_to: date | None = None
    short: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a small table (modifiers, places of service …): a value, what it says, and what it sorts under."""

    value: str
    label: str
    group: str
