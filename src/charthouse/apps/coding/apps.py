"""Registers the coding app."""

from django.apps import AppConfig


class CodingConfig(AppConfig):
    """Coding sessions and summaries."""

    name = "charthouse.apps.coding"
    label = "coding"
    default_auto_field = "django.db.models.BigAutoField"
