"""Registers the quality app."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    """Findings on coded work."""

    name = "charthouse.apps.quality"
    label = "quality"
    default_auto_field = "django.db.models.BigAutoField"
