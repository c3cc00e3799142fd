"""Who may use which route, of every door; a test walks the URL map and fails on a route that does not stand here."""

from __future__ import annotations

from charthouse.api.access import ROUTES as API_ROUTES
from charthouse.web.access import ROUTES as WEB_ROUTES

TABLE = {**WEB_ROUTES, **API_ROUTES}
