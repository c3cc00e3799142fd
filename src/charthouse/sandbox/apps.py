"""Registers the sandbox and lets it show the demo's people on the sign-in page."""

from __future__ import annotations

from django.apps import AppConfig


class SandboxConfig(AppConfig):
    """Demo practice and payer simulator."""

    name = "charthouse.sandbox"
    label = "sandbox"

    def ready(self) -> None:
        """Offer the demo's people to the sign-in page."""
        from charthouse.sandbox.people import PASSWORD, everybody
        from charthouse.web.demo import show_people

        show_people(lambda: (PASSWORD, everybody()))
