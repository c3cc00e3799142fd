"""Registers the remittance app, what it listens to, and its tables that only grow."""

from django.apps import AppConfig


class RemittanceConfig(AppConfig):
    """Remittances, journal, denials."""

    name = "charthouse.apps.remittance"
    label = "remittance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for claims and remittances; protect the journal."""
        from charthouse.apps.billing.hooks import claim_made
        from charthouse.apps.core.append_only import keep_append_only
        from charthouse.apps.exchange.hooks import x12_received
        from charthouse.apps.remittance import charging, posting

        claim_made.register(charging.post_charges)
        x12_received.register(posting.take)
        keep_append_only(self, "remittance_journalentry", "remittance_posting")
