"""Registers the core app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Shared foundations; owns no screens and no tables."""

    name = "charthouse.apps.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"
