"""One edition of the ICD-10-CM tabular list: what each code says, with everything that stands above it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cached_property

from charthouse.engines.codesets.entries import NO_TEXT, Completion, Icd10cmEntry, Note, Step
from charthouse.engines.codesets.tabular import Node, NodeKind
from charthouse.kit import Code, CodeSystem


class Edition:
    """The nodes of one release of the tabular list, for the days it is in force. Read-only after it is built.

    `name` is what people call the release; `starts` and `ends` bound it, both included.
    """

    def __init__(
        self, nodes: Sequence[Node] | Callable[[], Sequence[Node]], name: str, starts: date, ends: date
    ) -> None:
        self._nodes = nodes
        self.name = name
        self.starts, self.ends = starts, ends

    @cached_property
    def nodes(self) -> Sequence[Node]:
        """Every node in document order; read when first asked for, so that years nobody asks about cost nothing."""
        return self._nodes() if callable(self._nodes) else self._nodes

    def covers(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return self.starts <= on <= self.ends

    def entry(self, code: str, *, is_billable_ever: bool) -> Icd10cmEntry | None:
        """Everything the list says of a dotless code; None when it does not carry it."""
        index, extension = self.locate(code)
        if index is None:
            return None
        node = self.nodes[index]
        return Icd10cmEntry(
            code=Code(CodeSystem.ICD10CM, code),
            title=f"{node.title}, {extension}" if extension else node.title,
            is_header=not is_billable_ever,
            has_text=True,
            is_placeholder=node.is_placeholder,
            path=tuple(self._step(above) for above in reversed(self.ancestors(index)))
            + ((self._step(index),) if extension else ()),
            notes=tuple(self._notes(index, is_self=not extension)),
            inclusion_terms=node.inclusion_terms,
            seventh_characters=self.seventh_characters(index),
        )

    def entry_without_text(self, value: str) -> Icd10cmEntry:
        """A valid code newer than the loaded text: placed under the longest known code it starts with."""
        stem = next((value[:size] for size in range(len(value), 2, -1) if value[:size] in self._at), None)
        index = None if stem is None else self._at[stem]
        above = [] if index is None else [index, *self.ancestors(index)]
        return Icd10cmEntry(
            code=Code(CodeSystem.ICD10CM, value),
            title=NO_TEXT,
            is_header=False,
            has_text=False,
            is_placeholder=False,
            path=tuple(self._step(step) for step in reversed(above)),
            notes=() if index is None else tuple(self._notes(index, is_self=False)),
            inclusion_terms=(),
            seventh_characters=(),
        )

    def locate(self, code: str) -> tuple[int | None, str]:
        """The node that carries a dotless code, and the meaning of its 7th character where it adds one."""
        if code in self._at:
            return self._at[code], ""
        if len(code) == 7:
            for base in (code[:6], code[:5], code[:4], code[:3]):
                index = self._at.get(base)
                if index is not None:
                    meaning = dict(self.seventh_characters(index)).get(code[6])
                    is_padded = set(code[len(base) : 6]) <= {"X"}
                    return (index, meaning) if meaning and is_padded and self.is_leaf(index) else (None, "")
        return None, ""

    def node_index(self, code: str) -> int | None:
        """The place in `nodes` of a code that stands in the tabular list itself."""
        return self._at.get(code)

    def is_leaf(self, index: int) -> bool:
        """Whether nothing stands under a node in the tabular list."""
        return self.nodes[index].end == index + 1

    def ancestors(self, index: int) -> list[int]:
        """The nodes above one, nearest first; sections that only span other sections are among them."""
        found: list[int] = []
        above = self.nodes[index].parent
        while above >= 0:
            if self.nodes[above].kind is NodeKind.CHAPTER:
                found += self._covering.get(found[-1] if found else index, [])
            found.append(above)
            above = self.nodes[above].parent
        return found

    def seventh_characters(self, index: int) -> tuple[tuple[str, str], ...]:
        """The 7th characters that apply at a node, its own or those of the nearest node above that lists some."""
        above = index
        while above >= 0:
            if self.nodes[above].seventh:
                return self.nodes[above].seventh
            above = self.nodes[above].parent
        return ()

    def title(self, code: str) -> str:
        """The title alone, empty where the list does not carry the code: fifty times cheaper than a whole entry."""
        index, extension = self.locate(code)
        if index is None:
            return ""
        title = self.nodes[index].title
        return f"{title}, {extension}" if extension else title

    def has_text(self, code: str) -> bool:
        """Whether the list describes a dotless code."""
        return self.locate(code)[0] is not None

    def is_choice(self, code: str) -> bool:
        """Whether a dotless code is a step a person can choose: it stands in the list and is no placeholder."""
        index = self._at.get(code)
        return index is not None and not self.nodes[index].is_placeholder

    def completion(self, stem: str, step: str, *, is_billable: bool) -> Completion:
        """How to go on from `stem` to `step`, said without repeating the title of the stem."""
        index, extension = self.locate(step)
        meaning = extension or (self.nodes[index].title if index is not None else NO_TEXT)
        above = self._at.get(stem)
        if above is not None and meaning.startswith(self.nodes[above].title):
            meaning = meaning[len(self.nodes[above].title) :].lstrip(" ,") or meaning
        return Completion(Code(CodeSystem.ICD10CM, step), step[len(stem) :], meaning, is_billable)

    @cached_property
    def _at(self) -> dict[str, int]:
        return {node.name: index for index, node in enumerate(self.nodes) if node.kind is NodeKind.CODE}

    @cached_property
    def _covering(self) -> dict[int, list[int]]:
        return _covering_sections(self.nodes)

    def _step(self, index: int) -> Step:
        node = self.nodes[index]
        name = Code(CodeSystem.ICD10CM, node.name).display if node.kind is NodeKind.CODE else node.name
        return Step(node.kind, name, node.title)

    def _notes(self, index: int, *, is_self: bool) -> Iterator[Note]:
        for place in (index, *self.ancestors(index)):
            origin = self._step(place)
            for kind, lines in self.nodes[place].notes:
                yield Note(kind, lines, origin, is_inherited=not (is_self and place == index))


def edition_on(editions: Sequence[Edition], on: date) -> Edition:
    """Of editions in order of their start, the one for a day: in force then, else the last before, else the first."""
    begun = [one for one in editions if one.starts <= on]
    in_force = [one for one in begun if one.covers(on)]
    return (in_force or begun or editions)[-1 if begun else 0]


def _covering_sections(nodes: Sequence[Node]) -> dict[int, list[int]]:
    """Sections without codes of their own, by the sections they span: `T20-T32` spans `T20-T25`; narrowest first."""
    spans = [i for i, node in enumerate(nodes) if node.kind is NodeKind.SECTION and node.end == i + 1]
    found: dict[int, list[int]] = {}
    for index, node in enumerate(nodes):
        if node.kind is NodeKind.SECTION and node.end > index + 1:
            inner = _bounds(node)
            over = [s for s in spans if _bounds(nodes[s])[0] <= inner[0] and inner[1] <= _bounds(nodes[s])[1]]
            found[index] = sorted(over, key=lambda s: _bounds(nodes[s])[0], reverse=True)
    return found


def _bounds(node: Node) -> tuple[str, str]:
    first, _, last = node.name.partition("-")
    return first, last or first
