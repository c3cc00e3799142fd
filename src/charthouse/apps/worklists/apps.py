"""Registers the worklists app with charts."""

from __future__ import annotations

from django.apps import AppConfig


class WorklistsConfig(AppConfig):
    """Worklists and leases."""

    name = "charthouse.apps.worklists"
    label = "worklists"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """List what can be coded and open charts to those who have them in hand."""
        from charthouse.apps.charts.hooks import encounter_stored
        from charthouse.apps.charts.policies import register_access_rule
        from charthouse.apps.worklists.actions import add_work
        from charthouse.apps.worklists.policies import is_assigned

        encounter_stored.register(add_work)
        register_access_rule(is_assigned)
