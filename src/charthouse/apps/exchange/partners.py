"""Setting up channels to trading partners."""

from __future__ import annotations

from django.db import transaction

from charthouse.apps.accounts.models import Organization
from charthouse.apps.audit.actions import record
from charthouse.apps.exchange.models import Channel


@transaction.atomic
def save_channel(organization: Organization, *, slug: str, name: str, sender_id: str, receiver_id: str) -> Channel:
    """Make the channel of that slug, or bring it up to date; repeating it changes nothing."""
    wanted = {"name": name, "sender_id": sender_id, "receiver_id": receiver_id}
    channel, created = Channel.objects.get_or_create(slug=slug, defaults={**wanted, "organization": organization})
    changed = [field for field, value in wanted.items() if getattr(channel, field) != value]
    for field in changed:
        setattr(channel, field, wanted[field])
    if changed:
        channel.save()
    if created or changed:
        record("exchange.channel.saved", channel)
    return channel
