"""Registers the audit app and keeps its tables append-only."""

from __future__ import annotations

from django.apps import AppConfig

from charthouse.apps.core.append_only import keep_append_only


class AuditConfig(AppConfig):
    """The audit log."""

    name = "charthouse.apps.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the triggers back after every migration: SQLite drops them when it rebuilds a table."""
        keep_append_only(self, "audit_auditevent", "audit_auditseal")
