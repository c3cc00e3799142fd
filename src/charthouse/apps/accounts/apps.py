"""Registers the accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, organizations, roles, sign-in."""

    name = "charthouse.apps.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
