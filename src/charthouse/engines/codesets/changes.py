"""What changed with the release that is in force on a day, since the one before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from charthouse.engines.codesets.edition import Edition
from charthouse.engines.codesets.icd10cm import Icd10cm
from charthouse.engines.codesets.validity import ValidityTable, as_date, as_number


@dataclass(frozen=True, slots=True)
class Changes:
    """Dotless codes that came and went on `since`; `revised` are those reworded (known when both texts are loaded)."""

    since: date
    added: tuple[str, ...]
    deleted: tuple[str, ...]
    revised: tuple[str, ...]
    are_texts_known: bool


def changes_on(diagnoses: Icd10cm, on: date) -> Changes | None:
    """What the release in force on a day changed; None where no release is known for the day, or none before it."""
    since = _last_change(diagnoses.validity, on)
    if since is None:
        return None
    before = since - timedelta(days=1)
    now, then = set(diagnoses.billable("", since)), set(diagnoses.billable("", before))
    new, old = diagnoses.edition(since), diagnoses.edition(before)
    revised = _reworded(new, old, now & then) if new is not old else ()
    return Changes(since, tuple(sorted(now - then)), tuple(sorted(then - now)), revised, new is not old)


def _reworded(new: Edition, old: Edition, codes: set[str]) -> tuple[str, ...]:
    return tuple(sorted(one for one in codes if old.has_text(one) and new.title(one) not in ("", old.title(one))))


def _last_change(table: ValidityTable, on: date) -> date | None:
    """The last day up to `on` from which a code is valid, or on which one no longer is."""
    if not table.covers(on):
        return None
    day = as_number(on)
    starts = {start for spans in table.periods.values() for start, _ in spans if table.first < start <= day}
    gone = {as_date(end) + timedelta(days=1) for spans in table.periods.values() for _, end in spans if end < day}
    return max([*map(as_date, starts), *(one for one in gone if one <= on)], default=None)
