"""What a release changed: codes added, codes deleted, and titles revised where both releases' texts are loaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from charthouse.engines.codesets.validity import ValidityTable, as_date, as_number

_DAY = timedelta(days=1)
Title = Callable[[str, date], str]  # the title a code has in the release of a day, empty where its text is not loaded


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one code on a day. `before` and `after` are its titles where one was revised."""

    kind: Literal["added", "deleted", "revised"]
    code: str
    on: date
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """Dotless codes that came and went on `since`; `revised` are those reworded (known when both texts are loaded)."""

    since: date
    added: tuple[str, ...]
    deleted: tuple[str, ...]
    revised: tuple[str, ...]
    are_texts_known: bool


class ChangeLog:
    """The releases of one code system, told from the days on which codes begin and end."""

    def __init__(self, validity: ValidityTable, title: Title, has_text: Callable[[date], bool]) -> None:
        self._validity, self._title, self._has_text = validity, title, has_text
        self._known: dict[date, Changes] = {}

    def since(self, on: date) -> date | None:
        """The last day up to this one on which anything changed; None before the second release."""
        begun = [day for day in self._days if day <= on]
        return begun[-1] if begun and self._validity.covers(on) else None

    def at(self, on: date) -> Changes | None:
        """Everything the release in force on a day changed; None where the day or the release before is not known."""
        since = self.since(on)
        if since is None:
            return None
        if since not in self._known:
            self._known[since] = self._compared(since)
        return self._known[since]

    def of(self, code: str, on: date) -> Change | None:
        """What that release changed about one code; None when nothing."""
        since = self.since(on)
        if since is None:
            return None
        was, is_now = (self._validity.is_valid(code, day) for day in (since - _DAY, since))
        if was and is_now:
            return self._revised(code, since)
        return Change("added" if is_now else "deleted", code, since) if was or is_now else None

    @cached_property
    def _days(self) -> list[date]:
        """Every first day of a release but the very first."""
        table = self._validity
        edges = {start for spans in table.periods.values() for start, _ in spans}
        edges |= {as_number(as_date(end) + _DAY) for spans in table.periods.values() for _, end in spans}
        unknown = {table.first, *(as_number(as_date(end) + _DAY) for _, end in table.gaps)}
        return [day for number in sorted(edges - unknown) if table.covers(day := as_date(number))]

    def _compared(self, since: date) -> Changes:
        eve = since - _DAY
        was = {code for code in self._validity.periods if self._validity.is_valid(code, eve)}
        is_now = {code for code in self._validity.periods if self._validity.is_valid(code, since)}
        can_compare = self._has_text(eve) and self._has_text(since)
        revised = [self._revised(code, since) for code in sorted(was & is_now)] if can_compare else []
        changed = tuple(one.code for one in revised if one)
        return Changes(since, tuple(sorted(is_now - was)), tuple(sorted(was - is_now)), changed, can_compare)

    def _revised(self, code: str, since: date) -> Change | None:
        before, after = self._title(code, since - _DAY), self._title(code, since)
        return Change("revised", code, since, before, after) if before and after and before != after else None
