"""The URL map."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("charthouse.api.urls")), path("", include("charthouse.web.urls"))]
