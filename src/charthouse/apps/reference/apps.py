"""Registers the reference app."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    """Code sets for the other apps."""

    name = "charthouse.apps.reference"
    label = "reference"
    default_auto_field = "django.db.models.BigAutoField"
