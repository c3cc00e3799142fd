"""ICD-10-CM on a day: which edition answers, whether a code may be reported, and how to complete it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date

from charthouse.engines.codesets import release
from charthouse.engines.codesets.edition import Edition, edition_on
from charthouse.engines.codesets.entries import NO_TEXT, Completion, Icd10cmEntry
from charthouse.engines.codesets.validity import Validity, ValidityState, ValidityTable
from charthouse.kit import Code


class Icd10cm:
    """The editions of the tabular list, newest last, and the table of what is valid when."""

    def __init__(self, editions: Sequence[Edition], validity: ValidityTable) -> None:
        self.editions = tuple(sorted(editions, key=lambda one: one.starts))
        self.validity = validity
        self._codes = list(validity.periods)

    def edition(self, on: date | None = None) -> Edition:
        """The edition whose text answers for a day: in force then, else the last one before, else the first."""
        return self.editions[-1] if on is None else edition_on(self.editions, on)

    def entry(self, code: str, on: date | None = None) -> Icd10cmEntry | None:
        """Everything about a code, with or without its dot; None when no table knows it."""
        value = Code.icd10cm(code).value
        edition, is_billable_ever = self.edition(on), value in self.validity.periods
        found = edition.entry(value, is_billable_ever=is_billable_ever)
        return found or (edition.entry_without_text(value) if is_billable_ever else None)

    def own_title(self, code: str, on: date) -> str:
        """The title of a dotless code in the release of a day itself, empty where that text is not loaded."""
        return self.edition(on).title(code) if self.has_own_text(on) else ""

    def has_own_text(self, on: date) -> bool:
        """Whether the text of the release of a day is loaded, and not only that of another."""
        return self.edition(on).covers(on)

    def billable(self, prefix: str, on: date) -> Iterator[str]:
        """Dotless codes that start so and are valid on that day, in code order."""
        for place in range(bisect_left(self._codes, prefix), len(self._codes)):
            code = self._codes[place]
            if not code.startswith(prefix):
                return
            if self.validity.is_valid(code, on):
                yield code

    def completions(self, code: str, on: date) -> list[Completion]:
        """The next choices below an incomplete dotless code that lead to a code valid on that day."""
        if len(code) < 3:
            return []
        edition = self.edition(on)
        steps: dict[str, bool] = {}
        for whole in self.billable(code, on):
            if whole != code:
                step = next(s for s in _longer(code, whole) if s == whole or edition.is_choice(s))
                steps[step] = step == whole
        return [edition.completion(code, step, is_billable=is_billable) for step, is_billable in steps.items()]

    def is_valid(self, code: str, on: date) -> Validity:
        """Whether a dotless code may be reported on a day, and from when to when."""
        label = self.release_label(on)
        if not self.validity.covers(on):
            return Validity(ValidityState.NO_DATA, label, text=f"no ICD-10-CM release is loaded for {on}")
        spans = self.validity.spans(code)
        for start, end in spans:
            if start <= on and (end is None or on <= end):
                text = "" if self.edition(on).has_text(code) else NO_TEXT
                return Validity(ValidityState.VALID, label, start, end, text)
        return self._not_valid(code, on, label, spans)

    def release_label(self, on: date) -> str:
        """Which ICD-10-CM release answers for a day, and which its text is from."""
        if not self.validity.covers(on):
            return f"no ICD-10-CM release loaded for {on}"
        edition = self.edition(on)
        return release.label(on, edition.name, is_in_force=edition.covers(on))

    def _not_valid(self, code: str, on: date, label: str, spans: list[tuple[date, date | None]]) -> Validity:
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


def _longer(stem: str, whole: str) -> Iterator[str]:
    """Every text from one character more than `stem` up to `whole`."""
    return (whole[:size] for size in range(len(stem) + 1, len(whole) + 1))
