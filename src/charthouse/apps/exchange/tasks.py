"""Jobs of the border: delivering what waits to go out, collecting what payers have left."""

from __future__ import annotations

from charthouse.apps.exchange.inbound import collect_due
from charthouse.apps.exchange.outbox import deliver_due
from charthouse.apps.jobs.registry import periodic


@periodic("exchange.deliver", every_seconds=2)
def deliver() -> None:
    """Deliver interchanges of the outbox."""
    deliver_due()


@periodic("exchange.collect", every_seconds=2)
def collect() -> None:
    """Take in files from payers."""
    collect_due()
