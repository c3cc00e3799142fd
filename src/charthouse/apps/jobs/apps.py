"""Registers the jobs app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Periodic background work."""

    name = "charthouse.apps.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
