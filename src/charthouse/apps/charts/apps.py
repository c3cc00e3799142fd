"""Registers the charts app with the border."""

from __future__ import annotations

from django.apps import AppConfig


class ChartsConfig(AppConfig):
    """Patient records."""

    name = "charthouse.apps.charts"
    label = "charts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Store every chart that comes in."""
        from charthouse.apps.charts.actions.store import take_chart
        from charthouse.apps.exchange.hooks import chart_received

        chart_received.register(take_chart)
