"""Registers the exchange app."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Files in, interchanges out."""

    name = "charthouse.apps.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"
