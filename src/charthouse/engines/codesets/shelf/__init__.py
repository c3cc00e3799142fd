"""The shelf: every loaded release of every table, each in one read-only file, answered by date."""

from charthouse.engines.codesets.shelf.release import Canary, Release, ReleaseState, SourceFile
from charthouse.engines.codesets.shelf.shelf import Shelf, change_state, put, stamp_of
from charthouse.engines.codesets.shelf.tables import Sheet, Table
from charthouse.engines.codesets.shelf.volume import Value, Volume

__all__ = [
    "Canary",
    "Release",
    "ReleaseState",
    "Sheet",
    "Shelf",
    "SourceFile",
    "Table",
    "Value",
    "Volume",
    "change_state",
    "put",
    "stamp_of",
]
