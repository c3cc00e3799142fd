"""Registers the practice app."""

from django.apps import AppConfig


class PracticeConfig(AppConfig):
    """Practice management data."""

    name = "charthouse.apps.practice"
    label = "practice"
    default_auto_field = "django.db.models.BigAutoField"
