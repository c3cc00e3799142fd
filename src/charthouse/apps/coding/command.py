"""The command line of the workspace: `e11.22`, `G0463-25 x1 >1,2`, `g0463 25 x2 @2026-11-18 >1`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from charthouse.apps.core.errors import Invalid

MOST_CHARACTERS = 120
MOST_MODIFIERS = 4
MOST_POINTERS = 4
MOST_DIAGNOSES = 12  # an 837P claim carries no more, so no pointer reaches further
MOST_UNITS = 9999

_CODE = re.compile(r"[A-Z0-9][A-Z0-9.]*", re.ASCII)
_PROCEDURE = re.compile(r"[A-Z0-9]{5}", re.ASCII)
_DIAGNOSIS = re.compile(r"[A-Z][0-9][A-Z0-9](\.?[A-Z0-9]{1,4})?", re.ASCII)
_PART = re.compile(
    r"""\s*(?:
      >\s*(?P<pointers>[0-9]+(?:\s*,\s*[0-9]+)*)
    | @\s*(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})
    | [X*]\s*(?P<units>[0-9]+)
    | -?\s*(?P<modifier>[A-Z0-9]{2})
    )(?![A-Z0-9])""",
    re.ASCII | re.VERBOSE,
)
_EXPECTED = {
    ">": "positions of diagnoses such as >1,2",
    "@": "a date of service such as @2026-11-18",
    "X": "a number of units such as x2",
    "*": "a number of units such as x2",
}


@dataclass(frozen=True, slots=True)
class Command:
    """What was typed, taken apart. `code` is in capitals without a dot; parts not given are empty or None."""

    code: str
    is_dotted: bool = False
    modifiers: tuple[str, ...] = ()
    units: int | None = None
    on: date | None = None
    pointers: tuple[int, ...] = ()

    @property
    def is_bare(self) -> bool:
        """Whether there is nothing but a code."""
        return not self.modifiers and self.units is None and self.on is None and not self.pointers

    @property
    def may_be_procedure(self) -> bool:
        """Whether the code has the shape of a procedure code: five letters or digits, no dot."""
        return not self.is_dotted and bool(_PROCEDURE.fullmatch(self.code))

    @property
    def may_be_diagnosis(self) -> bool:
        """Whether it has the shape of an ICD-10-CM code and nothing that only procedures take."""
        return self.is_bare and bool(_DIAGNOSIS.fullmatch(self.code))


def parse(text: str) -> Command:
    """Take a command apart; raise Invalid that names the part at fault and what is expected there."""
    if len(text) > MOST_CHARACTERS:
        raise _fault(f"{text[:20]}…", f"at most {MOST_CHARACTERS} characters")
    if not text.isascii():
        raise _fault(next(character for character in text if not character.isascii()), "plain letters and digits")
    line = text.strip().upper()
    match = _CODE.match(line)
    if match is None:
        raise _fault(_chunk(line), "a code such as E11.22 or G0463")
    written = match[0].rstrip(".")
    if "." in written and not _DIAGNOSIS.fullmatch(written):
        raise _fault(written, "a code such as E11.22 or G0463")
    return _with_parts(written, line[match.end() :])


def _with_parts(code: str, rest: str) -> Command:
    modifiers: list[str] = []
    given: dict[str, str] = {}
    place = 0
    while rest[place:].strip():
        match = _PART.match(rest, place)
        if match is None or match.lastgroup is None:
            chunk = _chunk(rest[place:])
            raise _fault(chunk, _EXPECTED.get(chunk[:1], "a modifier of two characters such as -25"))
        kind, value = match.lastgroup, match[match.lastgroup]
        if kind in given:
            raise _fault(match[0].strip(), f"the {kind} only once")
        if kind == "modifier":
            modifiers.append(value)
        else:
            given[kind] = value
        place = match.end()
    return Command(
        code=code.replace(".", ""),
        is_dotted="." in code,
        modifiers=check_modifiers(modifiers),
        units=check_units(int(given["units"])) if "units" in given else None,
        on=_date(given["date"]) if "date" in given else None,
        pointers=check_pointers([int(text) for text in given["pointers"].split(",")]) if "pointers" in given else (),
    )


def check_modifiers(modifiers: list[str]) -> tuple[str, ...]:
    """Up to four modifiers of two letters or digits, each once; raise Invalid otherwise."""
    folded = [modifier.strip().upper() for modifier in modifiers]
    for modifier in folded:
        if not re.fullmatch(r"[A-Z0-9]{2}", modifier):
            raise _fault(modifier, "a modifier of two characters such as 25", "modifiers")
        if folded.count(modifier) > 1:
            raise _fault(modifier, "each modifier only once", "modifiers")
    if len(folded) > MOST_MODIFIERS:
        raise _fault(folded[MOST_MODIFIERS], f"at most {MOST_MODIFIERS} modifiers", "modifiers")
    return tuple(folded)


def check_units(units: int) -> int:
    """A whole number of units a claim line can carry; raise Invalid otherwise."""
    if not 1 <= units <= MOST_UNITS:
        raise _fault(f"x{units}", f"from 1 to {MOST_UNITS} units", "units")
    return units


def check_pointers(positions: list[int]) -> tuple[int, ...]:
    """Up to four positions of diagnoses, each once, the main one first; raise Invalid otherwise."""
    for position in positions:
        if not 1 <= position <= MOST_DIAGNOSES:
            raise _fault(f">{position}", f"positions from 1 to {MOST_DIAGNOSES}", "pointers")
        if positions.count(position) > 1:
            raise _fault(f">{position}", "each diagnosis only once", "pointers")
    if len(positions) > MOST_POINTERS:
        raise _fault(f">{positions[MOST_POINTERS]}", f"at most {MOST_POINTERS} diagnoses", "pointers")
    return tuple(positions)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _fault(f"@{text}", "a day that exists, such as @2026-11-18") from None


def _chunk(text: str) -> str:
    words = text.split()
    return words[0][:20] if words else ""


def _fault(part: str, expected: str, field: str = "text") -> Invalid:
    what = f"“{part}” cannot be used here" if part else "Nothing was typed"
    return Invalid(f"{what}: expected {expected}.", field=field, code="coding.command")
