"""`charthouse audit verify` finds a row that was changed in the database file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_intake import NOTE


@pytest.fixture
def fresh(charthouse: Run, tmp_path: Path) -> tuple[str, Path]:
    """A data folder of its own with a few events in its log."""
    data = tmp_path / "data"
    (tmp_path / "note.txt").write_text(NOTE)
    charthouse("intake", tmp_path / "note.txt", CHARTHOUSE_DATA=str(data))
    return str(data), data / "charthouse.sqlite3"


def test_an_untouched_log_holds(charthouse: Run, fresh: tuple[str, Path]) -> None:
    told = charthouse("audit", "verify", CHARTHOUSE_DATA=fresh[0])
    assert told.returncode == 0
    assert "The log holds" in told.stdout


def test_a_changed_row_is_named(charthouse: Run, fresh: tuple[str, Path]) -> None:
    with sqlite3.connect(fresh[1]) as database:
        database.execute("DROP TRIGGER audit_auditevent_no_UPDATE")
        database.execute("UPDATE audit_auditevent SET actor_label = 'Somebody else' WHERE id = 2")
    told = charthouse("audit", "verify", CHARTHOUSE_DATA=fresh[0])
    assert told.returncode == 1
    assert "row 2" in told.stdout


def test_the_file_itself_refuses_the_change(fresh: tuple[str, Path]) -> None:
    with sqlite3.connect(fresh[1]) as database, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        database.execute("UPDATE audit_auditevent SET actor_label = 'Somebody else' WHERE id = 2")


def test_no_patient_data_is_readable_in_the_file(fresh: tuple[str, Path]) -> None:
    content = b"".join(path.read_bytes() for path in fresh[1].parent.glob("charthouse.sqlite3*"))
    for canary in (b"Okafor", b"Maren", b"004-418-27", b"Type 2 diabetes", b"HP-26-1"):
        assert canary not in content
