"""ICD-10-PCS on a day: which seven-character codes may be reported, what they are called, and how one is built."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from charthouse.engines.codesets.entries import NO_TEXT
from charthouse.engines.codesets.pcs_tables import PcsAxis, PcsTables
from charthouse.engines.codesets.pcs_titles import LENGTH, PcsTitles
from charthouse.engines.codesets.pcs_words import distinct_words
from charthouse.engines.codesets.release import fiscal_year
from charthouse.engines.codesets.shelf import Shelf
from charthouse.engines.codesets.validity import Validity, ValidityState, ValidityTable, as_date
from charthouse.kit import Code, CodeSystem

_BODY_PART = 3  # characters before it
_KEPT = 200


@dataclass(frozen=True, slots=True)
class PcsEntry:
    """One ICD-10-PCS code. `title` says so when no text is loaded; the days are those of its last period of use."""

    code: Code
    title: str
    has_text: bool
    valid_from: date | None = None
    valid_to: date | None = None
    axes: tuple[PcsAxis, ...] = ()


@dataclass(frozen=True, slots=True)
class PcsChoice:
    """A value for the next axis (`position` 1 to 7): its meaning where known, and how many codes it leads to."""

    position: int
    axis: str
    value: str
    label: str
    codes: int


class Icd10pcs:
    """The codes of all years."""

    def __init__(self, validity: ValidityTable, shelf: Shelf | None = None) -> None:
        self.validity = validity
        self.text = PcsTitles(shelf)
        self.tables = PcsTables(shelf)
        self._codes = list(validity.periods)
        self._choices = lru_cache(maxsize=_KEPT)(self._build_choices)  # the first axes count all 79,000 codes

    @property
    def titles(self) -> Mapping[str, str]:
        """Long titles by code, those that a package has."""
        return self.text.packaged

    def entry(self, code: str, on: date | None = None) -> PcsEntry | None:
        """What a code says on a day (on its last when none is given); None when no year knows it."""
        value = code.strip().upper()
        spans = self.validity.spans(value)
        if not spans:
            return None
        day = on or as_date(self.validity.periods[value][-1][1])
        start, end = next((span for span in spans if span[0] <= day and (not span[1] or day <= span[1])), spans[-1])
        title = self.text.of(value, day)
        return PcsEntry(
            Code(CodeSystem.ICD10PCS, value), title or NO_TEXT, bool(title), start, end, tuple(self._axes(value, day))
        )

    def codes(self, prefix: str, on: date) -> Iterator[str]:
        """Codes that start so and are valid on that day, in code order."""
        for place in range(bisect_left(self._codes, prefix), len(self._codes)):
            code = self._codes[place]
            if not code.startswith(prefix):
                return
            if self.validity.is_valid(code, on):
                yield code

    def titled(self) -> Iterator[tuple[str, str]]:
        """Every code of any year with its long title as its last day has it."""
        for code, spans in self.validity.periods.items():
            last = as_date(spans[-1][1])
            yield code, self.text.of(code, last if self.text.is_loaded(last) else None)

    def choices(self, prefix: str, on: date) -> tuple[PcsChoice, ...]:
        """The values that the next axis can take; none when the code is complete or starts no code."""
        return self._choices(prefix, on) if len(prefix) < LENGTH else ()

    def _build_choices(self, prefix: str, on: date) -> tuple[PcsChoice, ...]:
        under: dict[str, list[str]] = {}
        for code in self.codes(prefix, on):
            under.setdefault(code[len(prefix)], []).append(code)
        known = {value: self.tables.axis(prefix, value, on) for value in under}
        if len(prefix) >= _BODY_PART and not all(label for _, label in known.values()):
            known = self._with_words(known, under, on)
        return tuple(
            PcsChoice(len(prefix) + 1, known[value][0], value, known[value][1], len(codes))
            for value, codes in under.items()
        )

    def _with_words(
        self, known: Mapping[str, tuple[str, str]], under: Mapping[str, list[str]], on: date
    ) -> dict[str, tuple[str, str]]:
        """Labels that are missing, from the titles of the codes under them."""
        titles = {value: [text for code in codes if (text := self.text.of(code, on))] for value, codes in under.items()}
        said = distinct_words(titles)
        return {value: (axis, label or said[value]) for value, (axis, label) in known.items()}

    def _axes(self, code: str, on: date) -> Iterator[PcsAxis]:
        for place, value in enumerate(code):
            title, label = self.tables.axis(code[:place], value, on)
            yield PcsAxis(place + 1, title, value, label)

    def is_valid(self, code: str, on: date) -> Validity:
        """Whether a code may be reported on a day."""
        if not self.validity.covers(on):
            label = f"no ICD-10-PCS release loaded for {on}"
            return Validity(ValidityState.NO_DATA, label, text=label)
        label = f"ICD-10-PCS FY {fiscal_year(on)}"
        spans = self.validity.spans(code)
        for start, end in spans:
            if start <= on and (end is None or on <= end):
                text = "" if self.text.of(code, on) else NO_TEXT
                return Validity(ValidityState.VALID, label, start, end, text)
        if not spans:
            return self._incomplete(code, on, label)
        upcoming = next((span for span in spans if span[0] > on), None)
        if upcoming:
            return Validity(ValidityState.NOT_YET, label, *upcoming, text=f"valid only from {upcoming[0]}")
        return Validity(ValidityState.EXPIRED, label, *spans[-1], text=f"valid only until {spans[-1][1]}")

    def _incomplete(self, code: str, on: date, label: str) -> Validity:
        if code and len(code) < LENGTH and next(self.codes(code, on), None):
            missing = LENGTH - len(code)
            text = f"incomplete: needs {missing} more character{'s' if missing > 1 else ''}"
            return Validity(ValidityState.HEADER, label, text=text)
        return Validity(ValidityState.UNKNOWN, label, text="no such ICD-10-PCS code")
