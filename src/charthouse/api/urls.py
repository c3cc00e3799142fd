"""Routes of the JSON door. Who may use each one stands in `access.py`."""

from __future__ import annotations

from django.urls import path

from charthouse.api.door import api

urlpatterns = [path("api/v1/", api.urls)]
