"""Registers the billing app and what it listens to."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    """Charges and claims."""

    name = "charthouse.apps.billing"
    label = "billing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for final coding, deliveries and answers."""
        from charthouse.apps.billing import actions, answers
        from charthouse.apps.coding.hooks import summary_finalised
        from charthouse.apps.exchange.hooks import interchange_delivered, x12_received

        summary_finalised.register(actions.hear_summary)
        interchange_delivered.register(answers.take_delivery)
        x12_received.register(answers.take)
