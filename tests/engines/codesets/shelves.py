"""A shelf with releases that a test writes itself, laid out as the readers leave them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from charthouse.engines.codesets.shelf import Release, Sheet, Shelf, Table, Value, put
from charthouse.engines.codesets.shelf.volume import write_volume

_NODE = Sheet(
    "node",
    (
        "position INTEGER", "kind TEXT", "name TEXT", "title TEXT", "parent INTEGER", "end_ INTEGER",
        "is_placeholder INTEGER",
    ),
    ("position",),
)  # fmt: skip
_NOTE = Sheet("note", ("position INTEGER", "place INTEGER", "kind TEXT", "line INTEGER", "text TEXT"))
_TERM = Sheet("term", ("position INTEGER", "place INTEGER", "text TEXT"))
_SEVENTH = Sheet("seventh", ("position INTEGER", "place INTEGER", "character TEXT", "meaning TEXT"))
_CODES = Sheet("code", ("code TEXT", "is_billable INTEGER", "short TEXT", "long TEXT"), ("code",))
_HCPCS = Sheet(
    "code",
    (
        "code TEXT", "long TEXT", "short TEXT", "coverage TEXT", "pricing TEXT", "multiple_pricing TEXT", "betos TEXT",
        "types_of_service TEXT", "added INTEGER", "effective INTEGER", "terminated INTEGER", "action TEXT",
    ),
    ("code",),
)  # fmt: skip
_HCPCS_MODIFIER = Sheet(
    "modifier",
    (
        "modifier TEXT", "long TEXT", "short TEXT", "coverage TEXT", "added INTEGER", "effective INTEGER",
        "terminated INTEGER",
    ),
    ("modifier",),
)  # fmt: skip
_MAP = (
    "source TEXT", "target TEXT", "approximate INTEGER", "no_map INTEGER", "combination INTEGER", "scenario INTEGER",
    "choice INTEGER",
)  # fmt: skip
SHEETS: Mapping[Table, tuple[Sheet, ...]] = {
    Table.ICD10CM_TABULAR: (_NODE, _NOTE, _TERM, _SEVENTH),
    Table.ICD10CM_CODES: (_CODES,),
    Table.ICD10PCS_CODES: (_CODES,),
    Table.ICD10PCS_TABLES: (
        Sheet(
            "pcs_table",
            ("code TEXT", "section TEXT", "body_system TEXT", "operation TEXT", "definition TEXT"),
            ("code",),
        ),
        Sheet(
            "axis",
            ("pcs_table TEXT", "row INTEGER", "position INTEGER", "title TEXT", "value TEXT", "label TEXT"),
            ("pcs_table", "row", "position", "value"),
        ),
    ),
    Table.HCPCS: (_HCPCS, _HCPCS_MODIFIER),
    Table.CPT: (
        Sheet("code", ("code TEXT", "short TEXT", "medium TEXT", "long TEXT"), ("code",)),
        Sheet("modifier", ("modifier TEXT", "text TEXT"), ("modifier",)),
    ),
    Table.GEM_FORWARD: (Sheet("map", _MAP, ("source", "scenario", "choice", "target")),),
    Table.GEM_BACKWARD: (Sheet("map", _MAP, ("source", "scenario", "choice", "target")),),
}
Rows = Sequence[tuple[str, tuple[Value, ...]]]


def shelve(folder: Path, table: Table, rows: Rows, starts: date, ends: date | None, label: str = "made up") -> Release:
    """Put one release on the shelf in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "draft.sqlite"
    counts = write_volume(file, SHEETS[table], rows)
    uid = f"{table.value}-{starts.isoformat()}"
    release = Release(uid, table, label, starts, ends, "", counts, (), datetime(2026, 11, 23, tzinfo=UTC))
    (stored,) = put(folder, [(release, file)])
    return stored


def codes(*rows: tuple[str, str] | tuple[str, str, int]) -> Rows:
    """Rows of a codes file: code, long title, and 0 for a header."""
    return [("code", (row[0], row[2] if len(row) > 2 else 1, row[1][:60], row[1])) for row in rows]


def shelf(folder: Path) -> Shelf:
    """The shelf as it is now."""
    return Shelf(folder)
