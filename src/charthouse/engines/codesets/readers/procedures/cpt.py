"""CPT as the AMA hands it to a licensee: SHORTU, MEDU and LONGULT (descriptors of three lengths), MODUL (modifiers).

Lines before the first code are the copyright notice. A line is the code in 1-5 (a modifier in 1-2), one blank or tab,
and the descriptor. Each file is a part of the release: any of them alone says which codes there are. A file whose
first line says that it is made up may hold codes ending in Z only, and modifiers beginning with Z: no licence needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Head, Reader, Recognised, Row
from charthouse.engines.codesets.loading.source import Source, encoding_of
from charthouse.engines.codesets.readers.cells import lines_of
from charthouse.engines.codesets.shelf import Canary, Sheet, Table, Volume

MADE_UP, NOTICE = "made-up", "notice"  # what is noted about a release: that it is, and the file's own words
_MARK = "MADE-UP CODES IN THE LAYOUT OF CPT"
_PARTS = (("SHORTU", "short"), ("MEDU", "medium"), ("LONGUL", "long"), ("MODUL", "modifiers"))
_COLUMNS = ("short", "medium", "long")
_SHEETS = (
    Sheet("code", ("code TEXT", "short TEXT", "medium TEXT", "long TEXT"), ("code",)),
    Sheet("modifier", ("modifier TEXT", "text TEXT"), ("modifier",)),
)
_CODE = re.compile(r"([0-9]{4}[0-9A-Z])(?:[ \t](.*))?", re.ASCII)
_MODIFIER = re.compile(r"([0-9A-Z]{2})[ \t](.*)", re.ASCII)
_OTHER_CODE = re.compile(r"[A-Z][0-9]{4}[ \t]", re.ASCII)
_DAY = re.compile(r"in force from (20[0-9]{2})-([01][0-9])-([0-3][0-9])", re.IGNORECASE | re.ASCII)
_YEAR = re.compile(r"\b(20[1-9][0-9])\b", re.ASCII)
_MOST_NOTICE = 2000


def _recognise(head: Head) -> Recognised | None:
    name = head.name.upper()
    part = next((part for start, part in _PARTS if start in name and name.endswith(".TXT")), "")
    shape = _MODIFIER if part == "modifiers" else _CODE
    lines = head.data.decode(encoding_of(head.data), "replace").splitlines()
    first = next((place for place, line in enumerate(lines) if shape.fullmatch(line)), None)
    if not part or first is None:
        return None
    preamble = lines[:first]
    notice = " ".join(" ".join(preamble).split())[:_MOST_NOTICE]
    notes = {NOTICE: notice} if notice else {}
    if preamble and _MARK in preamble[0].upper():
        notes[MADE_UP] = "yes"
    starts, ends = _days(" ".join(preamble))
    label = "made up" if MADE_UP in notes else str(starts.year) if starts else "CPT"
    return Recognised(Table.CPT, label, starts, ends, part, notes)


def _days(preamble: str) -> tuple[date | None, date | None]:
    """The days a notice names: a first day, or a calendar year."""
    day, year = _DAY.search(preamble), _YEAR.search(preamble)
    if day:
        try:
            return date(*map(int, day.groups())), None
        except ValueError:
            return None, None
    return (date(int(year[1]), 1, 1), date(int(year[1]), 12, 31)) if year else (None, None)


def _read(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    is_modifiers, has_begun = what.part == "modifiers", False
    encoding = encoding_of(sources[0].head())
    for number, line in lines_of(sources[0], faults, encoding, is_closed=True):
        found = (_MODIFIER if is_modifiers else _CODE).fullmatch(line.rstrip())
        if not found:
            if has_begun and _OTHER_CODE.match(line):
                faults.add("not-cpt", "Not a CPT code.", line=number, column=1, value=line[:5])
            continue  # the notice before the codes, and lines that hold none
        has_begun = True
        code, text = found[1], (found[2] or "").strip()
        if not text:
            faults.add("descriptor", "The descriptor is missing.", line=number, column=7, value=code)
        _check_made_up(code, what, number, faults)
        yield ("modifier", (code, text)) if is_modifiers else ("code", (code, *_in_column(text, what.part)))


def _in_column(text: str, part: str) -> tuple[str, ...]:
    return tuple(text if column == part else "" for column in _COLUMNS)


def _check_made_up(code: str, what: Recognised, line: int, faults: Faults) -> None:
    if what.is_made_up and not (code.startswith("Z") if what.part == "modifiers" else code.endswith("Z")):
        message = "The file says its codes are made up, and this one is not."
        faults.add("not-made-up", message, line=line, column=1, value=code, mend="Load the AMA's file as it came.")


def _canaries(volume: Volume, what: Recognised) -> Sequence[Canary]:
    """No value of CPT may stand here; that every code has the AMA's shape was checked line by line."""
    return ()


READER = Reader("cpt", _SHEETS, _recognise, _read, _canaries)
