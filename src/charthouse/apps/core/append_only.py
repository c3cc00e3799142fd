"""Triggers that let a table only grow: UPDATE and DELETE raise, on SQLite and on PostgreSQL."""

from __future__ import annotations

from django.apps import AppConfig
from django.db import connection
from django.db.models.signals import post_migrate

_SQLITE = """CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
_PG_FUNCTION = """CREATE OR REPLACE FUNCTION charthouse_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"""
_PG_ROW = """CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION charthouse_append_only()"""


def protect(table: str) -> None:
    """Put the triggers on a table; safe to repeat (SQLite drops them when a migration rebuilds the table)."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_PG_FUNCTION)
            cursor.execute(_PG_ROW.format(table=table))
        else:
            for verb in ("UPDATE", "DELETE"):
                cursor.execute(_SQLITE.format(table=table, verb=verb))


def unprotect(table: str) -> None:
    """Take the triggers off; only for emptying a test database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
        else:
            for verb in ("UPDATE", "DELETE"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")


def keep_append_only(app: AppConfig, *tables: str) -> None:
    """Protect an app's tables after every migration (call it in `ready`)."""

    def protect_all(**_: object) -> None:
        for table in tables:
            protect(table)

    post_migrate.connect(protect_all, sender=app, weak=False, dispatch_uid=f"append-only {app.label}")
