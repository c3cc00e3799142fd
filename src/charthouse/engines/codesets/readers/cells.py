"""What readers share: fields of fixed-width lines, days, exact numbers, and the days a release is in force."""

from __future__ import annotations

import calendar
import csv
import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TextIO

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.source import Source, encoding_of, text_of
from charthouse.engines.codesets.shelf import Canary, Volume

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
LONGEST_LINE = 100_000
_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,20}\.?[0-9]{0,20}|\.[0-9]{1,20})", re.ASCII)


def lines_of(
    source: Source, faults: Faults, encoding: str = "latin-1", *, is_closed: bool = False
) -> Iterator[tuple[int, str]]:
    """Numbered lines without their ends; a line longer than any real one is a fault.

    The last line of an official file that `is_closed` has a line end too: without it the file was cut off.
    """
    with text_of(source, faults, encoding) as text:
        number = 0
        while line := text.readline(LONGEST_LINE):
            number += 1
            if len(line) == LONGEST_LINE:
                faults.add("line-length", "A line is longer than any in the official file.", line=number)
                faults.settle()
            if is_closed and line[-1] != "\n" and line.strip("\x1a \t"):
                faults.add("cut-off", "The last line has no end: the file is cut off here.", line=number, value=line)
            yield number, line.rstrip("\r\n")


def records_of(source: Source, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    """Records of a comma-separated file with the line each starts at."""
    with text_of(source, faults, encoding_of(source.head())) as text:
        yield from _records(text, faults)


def _records(text: TextIO, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(_without_nul(text), strict=True)
    line = 1
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            faults.add("csv", f"Not a comma-separated record: {error}.", line=reader.line_num)
            faults.settle()
            return
        yield line, record
        line = reader.line_num + 1


def _without_nul(text: TextIO) -> Iterator[str]:
    while line := text.readline(LONGEST_LINE):
        yield line.replace("\0", "\ufffd")


def day_number(text: str, faults: Faults, line: int, column: str) -> int:
    """A day written yyyymmdd as that number; 0 for blank. A day that does not exist is a fault."""
    digits = text.strip()
    if not digits:
        return 0
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
        is_day = len(digits) == 8 and digits.isascii() and digits.isdigit()
    except ValueError:
        is_day = False
    if not is_day:
        faults.add("day", "Not a day written yyyymmdd.", line=line, column=column, value=digits)
        return 0
    return int(digits)


def exact(text: str, places: int, faults: Faults, line: int, column: str) -> int | None:
    """A number in units of its last place (2 places: hundredths); None for blank. Nothing is rounded."""
    plain = text.strip().replace("$", "").replace(",", "")
    if not plain:
        return None
    message = "Not a number."
    if _NUMBER.fullmatch(plain):
        scaled = Decimal(plain).scaleb(places)
        if scaled == scaled.to_integral_value() and abs(scaled) < 10**15:
            return int(scaled)
        message = f"A number with more than {places} decimal places, or out of range."
    faults.add("number", message, line=line, column=column, value=text.strip())
    return None


def quarter(year: int, month: int) -> tuple[date, date]:
    """First and last day of the quarter a month lies in."""
    first = 3 * ((month - 1) // 3) + 1
    return date(year, first, 1), date(year, first + 2, calendar.monthrange(year, first + 2)[1])


def fiscal(year: int, *, is_april: bool = False) -> tuple[date, date]:
    """First and last day of a federal fiscal year, or of what its April update leaves of it."""
    return (date(year, 4, 1) if is_april else date(year - 1, 10, 1)), date(year, 9, 30)


def month_in(name: str) -> int:
    """The month a file name speaks of (`Oct`, `october`), 0 when none."""
    found = re.search(r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", name.lower())
    return MONTHS[found[1]] if found else 0


def counted(volume: Volume, what: str, question: str, expected: int | str) -> Canary:
    """A canary on the first value of the first row of a question."""
    row = volume.first(question)
    return Canary(what, str(expected), str(row[0]) if row else "nothing")


def no_canaries(volume: Volume, what: object) -> Sequence[Canary]:
    """For tables without a known value."""
    return ()


def year(number: int) -> tuple[date, date]:
    """First and last day of a calendar year."""
    return date(number, 1, 1), date(number, 12, 31)
