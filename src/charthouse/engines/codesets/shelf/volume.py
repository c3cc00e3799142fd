"""A volume: one release in one SQLite file that is written once and only read afterwards."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from charthouse.engines.codesets.shelf.tables import Sheet

Value = str | int | float | None
_BATCH = 5_000


class Volume:
    """Reads a release. Each thread has its own connection; the file's pages are shared by all processes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()

    def rows(self, question: str, given: Sequence[Value] = ()) -> Iterator[tuple[Value, ...]]:
        """The rows that answer an SQL question with `?` places."""
        yield from self._connection().execute(question, given)

    def first(self, question: str, given: Sequence[Value] = ()) -> tuple[Value, ...] | None:
        """The first row, or None."""
        row: tuple[Value, ...] | None = self._connection().execute(question, given).fetchone()
        return row

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None or self._local.process != os.getpid():
            address = f"{self.path.absolute().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(address, uri=True, check_same_thread=False)
            connection.execute("PRAGMA mmap_size = 1073741824")
            self._local.connection, self._local.process = connection, os.getpid()
        return connection


def write_volume(path: Path, sheets: Sequence[Sheet], rows: Iterable[tuple[str, tuple[Value, ...]]]) -> dict[str, int]:
    """Write a new file from (sheet name, row) pairs and return the row count of each sheet.

    Whatever `rows` raises is passed on; the caller removes the file then. A second row with the same key raises
    `sqlite3.IntegrityError`.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -64000;")
        connection.execute("BEGIN")
        for sheet in sheets:
            connection.execute(_create(sheet))
        _insert(connection, {sheet.name: sheet for sheet in sheets}, iter(rows))
        for sheet in sheets:
            for number, columns in enumerate(sheet.indexes):
                connection.execute(f"CREATE INDEX {sheet.name}_{number} ON {sheet.name} ({', '.join(columns)})")
        connection.execute("COMMIT")
        return {
            sheet.name: connection.execute(f"SELECT count(*) FROM {sheet.name}").fetchone()[0]  # noqa: S608
            for sheet in sheets
        }
    finally:
        connection.close()


def _create(sheet: Sheet) -> str:
    if not sheet.key:
        return f"CREATE TABLE {sheet.name} ({', '.join(sheet.columns)})"
    key = f"PRIMARY KEY ({', '.join(sheet.key)})"
    return f"CREATE TABLE {sheet.name} ({', '.join((*sheet.columns, key))}) WITHOUT ROWID"


def _insert(
    connection: sqlite3.Connection, sheets: Mapping[str, Sheet], rows: Iterator[tuple[str, tuple[Value, ...]]]
) -> None:
    statements = {
        name: f"INSERT INTO {name} VALUES ({', '.join('?' * len(sheet.columns))})"  # noqa: S608
        for name, sheet in sheets.items()
    }
    while batch := list(islice(rows, _BATCH)):
        for name, statement in statements.items():
            connection.executemany(statement, [row for sheet, row in batch if sheet == name])
