"""Rows that no longer can be read are named like any other change; the check never breaks on them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from charthouse.apps.audit.actions import record, seal_pending
from charthouse.apps.audit.anchor import anchor_head
from charthouse.apps.audit.models import AuditEvent, AuditSeal
from charthouse.apps.audit.selectors import verify
from charthouse.apps.core.append_only import protect, unprotect

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite keeps any value in any column"),
]
TABLES = ("audit_auditevent", "audit_auditseal")
NONSENSE = ("nonsense", -5, b"\xff\xfe", "2026-13-45")
# The keys themselves take only whole numbers.
COLUMNS = [("audit_auditevent", "id", field.column) for field in AuditEvent._meta.fields if field.column != "id"] + [
    ("audit_auditseal", "seq", field.column) for field in AuditSeal._meta.fields if field.column != "seq"
]


@pytest.fixture(autouse=True)
def log(tmp_path: Path, settings: Settings) -> Iterator[None]:
    """Five sealed and anchored events in a log whose triggers and checks somebody has taken off."""
    settings.AUDIT_ANCHOR_FILE = tmp_path / "anchors.log"
    for number in range(5):
        record("jobs.job.finished", reason=f"run {number}")
    seal_pending()
    anchor_head()
    for table in TABLES:
        unprotect(table)
    _run("PRAGMA ignore_check_constraints = 1")
    yield
    _run("PRAGMA ignore_check_constraints = 0")
    for table in TABLES:
        protect(table)


def _run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.parametrize("value", NONSENSE)
@pytest.mark.parametrize(("table", "key", "column"), COLUMNS)
def test_nonsense_in_any_column_is_found(table: str, key: str, column: str, value: object) -> None:
    third = AuditSeal.objects.get(seq=3)
    _run(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", value, third.event_id if key == "id" else 3)
    verdict = verify()
    assert not verdict.holds
    assert verdict.bad_seq is not None
    assert verdict.bad_seq <= 3


def test_a_row_that_cannot_be_read_is_named_and_the_rows_before_it_hold() -> None:
    _run("UPDATE audit_auditevent SET at = %s WHERE id = %s", b"\xff", AuditSeal.objects.get(seq=4).event_id)
    verdict = verify()
    assert (verdict.checked, verdict.bad_seq) == (3, 4)
    assert "cannot be read" in verdict.reason


def test_the_whole_log_gone_is_noticed() -> None:
    for table in TABLES:
        _run(f"DELETE FROM {table}")
    verdict = verify()
    assert (verdict.holds, verdict.checked, verdict.bad_seq) == (False, 0, 5)
