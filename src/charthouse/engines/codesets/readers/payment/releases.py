"""Which release a file is, by its name and by what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Callable

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Head, Recognised
from charthouse.engines.codesets.readers.cells import MONTHS, quarter, year
from charthouse.engines.codesets.shelf import Table

Told = tuple[int, int]  # year and month
Tell = Callable[[Head], Told | None]
_MONTH = re.compile(
    r"(?<![a-z])(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])"
)
_YEAR = re.compile(r"(?<![0-9])(20[1-9][0-9])(?![0-9])")


def year_in(text: str) -> int | None:
    """The year a text speaks of, written with four digits."""
    found = _YEAR.search(text)
    return int(found[1]) if found else None


def month_in(text: str) -> int | None:
    """The month a text speaks of, as a word of its own."""
    found = _MONTH.search(text.lower())
    return MONTHS[found[1][:3]] if found else None


def by_quarter(table: Table, told: Told | None, otherwise: str) -> Recognised:
    """A release in force for the quarter of a month; without one the days have to be given."""
    if not told:
        return Recognised(table, otherwise, None, None)
    starts, ends = quarter(*told)
    return Recognised(table, f"{starts:%Y %B}", starts, ends)


def by_year(table: Table, told: int | None, otherwise: str) -> Recognised:
    """A release in force for a calendar year."""
    return Recognised(table, str(told), *year(told)) if told else Recognised(table, otherwise, None, None)


def refuse_contradiction(by_name: object, by_content: object, name: str, faults: Faults) -> None:
    """A file under the name of another release is refused: one of the two is wrong, and nobody knows which."""
    if by_name and by_content and by_name != by_content:
        message = f"The name says {_said(by_name)}, the content {_said(by_content)}."
        mend = "Take the file from its publisher again, under its own name."
        faults.add("wrong-release", message, line=1, column="name", value=name, mend=mend)
        faults.settle()


def _said(told: object) -> str:
    return f"{told[0]}-{told[1]:02d}" if isinstance(told, tuple) else str(told)
