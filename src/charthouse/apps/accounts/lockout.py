"""Whose wrong tries are counted together: one person's, not everybody's behind the same address."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest


def name_tried(request: HttpRequest, credentials: Mapping[str, object] | None = None) -> str:
    """The address somebody tries to sign in with, in one spelling; sign-in and confirming count towards the same."""
    typed = (credentials or {}).get("email") or request.POST.get("login", "")
    return str(typed).strip().lower()[:255]
