"""Which part of a CPT release a file is, for which days, and whether it says that its codes are made up."""

from __future__ import annotations

import re
from datetime import date

from charthouse.engines.codesets.loading.reader import Head, Recognised
from charthouse.engines.codesets.loading.source import encoding_of
from charthouse.engines.codesets.readers.cells import year
from charthouse.engines.codesets.readers.procedures.cpt.lines import MODIFIERS, first_row
from charthouse.engines.codesets.shelf import Table

MADE_UP, NOTICE = "made-up", "notice"  # what is noted about a release: that it is, and the file's own words
_MARK = "MADE-UP CODES IN THE LAYOUT OF CPT"
_PARTS = (("SHORTU", "short"), ("MEDU", "medium"), ("LONGUL", "long"), ("MODUL", MODIFIERS))
_DAY = re.compile(r"in force from (20[0-9]{2})-([0-9]{2})-([0-9]{2})", re.IGNORECASE | re.ASCII)
_YEAR = re.compile(r"(?<![0-9])(20[1-9][0-9])(?![0-9])", re.ASCII)
# The release of a year is copyrighted in the year before it: such a year tells nothing about the days.
_OF_COPYRIGHT = re.compile(
    r"(?:copyright(?:ed)?|\(c\)|©|®)[^0-9.]{0,40}(?:[0-9]{4}\s*[-–,]\s*)*[0-9]{4}", re.IGNORECASE
)
_MOST_NOTICE = 2000


def recognise(head: Head) -> Recognised | None:
    """By its name, and by a line that holds a code or modifier; None for any other file."""
    name = head.name.upper()
    part = next((part for start, part in _PARTS if start in name and name.endswith(".TXT")), "")
    lines = head.data.decode(encoding_of(head.data), "replace").splitlines() if part else []
    first = first_row(lines, part)
    if first is None:
        return None
    preamble = lines[:first]
    notice = " ".join(" ".join(preamble).split())[:_MOST_NOTICE]
    notes = {NOTICE: notice} if notice else {}
    if preamble and preamble[0].lstrip("\ufeff").upper().startswith(_MARK):
        notes[MADE_UP] = "yes"
    starts, ends = _days(head.name, " ".join(preamble))
    label = "made up" if MADE_UP in notes else str(starts.year) if starts else "CPT"
    return Recognised(Table.CPT, label, starts, ends, part, notes)


def _days(name: str, preamble: str) -> tuple[date | None, date | None]:
    """The first day the notice names, or the one calendar year that name and notice speak of; never a guess."""
    day = _DAY.search(preamble)
    if day:
        try:
            return date(*map(int, day.groups())), None
        except ValueError:
            return None, None
    told = {int(one) for text in (name, _OF_COPYRIGHT.sub(" ", preamble)) for one in _YEAR.findall(text)}
    return year(told.pop()) if len(told) == 1 else (None, None)
