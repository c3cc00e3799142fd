"""Writing charts: `store_chart` puts what intake read into rows."""

from charthouse.apps.charts.actions.store import store_chart

__all__ = ["store_chart"]
