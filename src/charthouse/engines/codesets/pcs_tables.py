"""The axes of ICD-10-PCS: official tables where they are loaded, else Charthouse's own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from charthouse.engines.codesets.shelf import Shelf, Table
from charthouse.engines.codesets.small_tables import read_pcs_axes

AXES = ("section", "body system", "operation", "body part", "approach", "device", "qualifier")
_TABLE = 3  # characters that name a table; the axes after them vary row by row
_LAST_TWO = 5  # characters before them
NONE = "none"


@dataclass(frozen=True, slots=True)
class PcsAxis:
    """One of the seven characters of a code: what its axis is called and what its value says (empty: not known)."""

    position: int
    title: str
    value: str
    label: str


class PcsTables:
    """What axis values mean, by day."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        self._shelf = shelf

    def are_loaded(self, on: date) -> bool:
        """Whether the official tables answer for a day."""
        return bool(self._shelf and self._shelf.on(Table.ICD10PCS_TABLES, on))

    def axis(self, prefix: str, value: str, on: date) -> tuple[str, str]:
        """The title of the axis after a prefix, and what a value of it says."""
        title, label = self._official(prefix, value, on)
        own = read_pcs_axes().get(_own_key(prefix, value), NONE if _says_none(prefix, value) else "")
        named = read_pcs_axes().get(f"axis:{prefix[:1]}:{len(prefix) + 1}", AXES[len(prefix)])
        return title.lower() or named, label or own

    def _official(self, prefix: str, value: str, on: date) -> tuple[str, str]:
        for volume in self._shelf.volumes_on(Table.ICD10PCS_TABLES, on) if self._shelf else ():
            if len(prefix) < _TABLE:
                column = ("section", "body_system", "operation")[len(prefix)]
                question = f"SELECT '', {column} FROM pcs_table WHERE code LIKE ? LIMIT 1"  # noqa: S608 (one of three)
                row = volume.first(question, (f"{prefix}{value}%",))
            else:
                row = volume.first(_AXIS, (prefix[:_TABLE], len(prefix) + 1, value, *_others(prefix)))
            if row:
                return str(row[0] or ""), str(row[1] or "")
        return "", ""


# A value may mean different things in different rows of a table: only rows that also have the values chosen before.
_AXIS = """SELECT a.title, a.label FROM axis a WHERE a.pcs_table = ? AND a.position = ? AND a.value = ?
AND NOT EXISTS (SELECT 1 FROM (SELECT 4 AS position, ? AS value UNION SELECT 5, ? UNION SELECT 6, ?) AS chosen
WHERE chosen.value <> '' AND NOT EXISTS (SELECT 1 FROM axis b WHERE b.pcs_table = a.pcs_table AND b.row = a.row
AND b.position = chosen.position AND b.value = chosen.value)) ORDER BY a.row LIMIT 1"""


def _others(prefix: str) -> tuple[str, str, str]:
    """The values chosen on axes 4 to 6, empty where none is yet."""
    chosen = prefix[_TABLE:].ljust(3)
    return chosen[0].strip(), chosen[1].strip(), chosen[2].strip()


def _own_key(prefix: str, value: str) -> str:
    """Where the meaning of a value is looked up: it depends on the section, and on the body system of some."""
    position, section = len(prefix) + 1, prefix[:1]
    return {1: f"1:{value}", 2: f"2:{section}:{value}", 3: f"3:{section}:{value}", 5: f"5:{section}:{value}"}.get(
        position, ""
    )


def _says_none(prefix: str, value: str) -> bool:
    """Z in the last two places says that there is no device or qualifier."""
    return value == "Z" and len(prefix) >= _LAST_TWO
