"""The actions a finding may offer. `where` is `dx:<position>` or `px:<position>`; codes are without their dot."""

from __future__ import annotations

from collections.abc import Sequence

from charthouse.kit import Code, Mend


def replace(where: str, code: Code, meaning: str) -> Mend:
    """Put another code in its place."""
    return Mend("replace", f"Replace by {code.display}: {meaning}", {"where": where, "code": code.value})


def remove(where: str, shown: str) -> Mend:
    """Take it off."""
    return Mend("remove", f"Remove {shown}", {"where": where})


def move_first(where: str, shown: str) -> Mend:
    """Make it the principal or first-listed diagnosis."""
    return Mend("move-first", f"Put {shown} first", {"where": where})


def move_before(where: str, shown: str, before: str) -> Mend:
    """Sequence it before another."""
    return Mend("move-before", f"Put {shown} before it", {"where": where, "before": before})


def set_units(where: str, units: int) -> Mend:
    """Set the number of units."""
    return Mend("set-units", f"Set {units} unit{'' if units == 1 else 's'}", {"where": where, "units": str(units)})


def set_pointers(where: str, pointers: Sequence[int]) -> Mend:
    """Point a procedure at diagnoses."""
    text = ",".join(map(str, pointers))
    return Mend("set-pointers", f"Point to diagnosis {text}", {"where": where, "pointers": text})
