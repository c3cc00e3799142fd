"""Exact numbers: whole units of the last place, read from the digits. No floats, no rounding, no other digits."""

from __future__ import annotations

import re

from charthouse.engines.codesets.loading.faults import Faults

_NUMBER = re.compile(r"\$?\s*((?:[0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,12})?)(?:\.([0-9]+))?", re.ASCII)


def exact(text: str, places: int, faults: Faults, line: int, column: str) -> int | None:
    """A number that is not negative, in units of its last place (2 places: hundredths or cents); None for blank.

    Takes `$` and thousands commas. A digit beyond the last place is a fault; trailing zeros are none.
    """
    plain = text.strip()
    if not plain:
        return None
    found = _NUMBER.fullmatch(plain)
    if not found or not (found[1] or found[2]):
        faults.add("number", "Not a number.", line=line, column=column, value=plain)
        return None
    decimals = (found[2] or "").rstrip("0")
    if len(decimals) > places:
        message = f"More than {places} decimal places."
        faults.add("number", message, line=line, column=column, value=plain)
        return None
    return int((found[1].replace(",", "") or "0") + decimals.ljust(places, "0"))


def needed(text: str, places: int, faults: Faults, line: int, column: str) -> int:
    """The same where a blank is a fault."""
    if not text.strip():
        faults.add("blank", "A number is missing.", line=line, column=column)
    return exact(text, places, faults, line, column) or 0
