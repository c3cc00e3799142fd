"""Registers the program app and keeps signatures append-only."""

from __future__ import annotations

from django.apps import AppConfig

from charthouse.apps.core.append_only import keep_append_only


class ProgramConfig(AppConfig):
    """Agreements and the gate."""

    name = "charthouse.apps.program"
    label = "program"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the triggers back after every migration."""
        keep_append_only(self, "program_signature")
