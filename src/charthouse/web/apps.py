"""Registers the web door: its templates, static files and template tags."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """HTML pages."""

    name = "charthouse.web"
    label = "web"
