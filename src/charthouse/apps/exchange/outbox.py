"""The outbox: exact bytes stored with their control numbers, delivered later, as often as it takes, exactly once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from charthouse.apps.accounts.models import Person
from charthouse.apps.audit.actions import record
from charthouse.apps.core.clock import now
from charthouse.apps.core.errors import Conflict, Denied
from charthouse.apps.exchange.channels import folder_of, put
from charthouse.apps.exchange.control_numbers import ControlNumbers, allot
from charthouse.apps.exchange.hooks import InterchangeDelivered, interchange_delivered
from charthouse.apps.exchange.models import Channel, OutboundInterchange
from charthouse.apps.exchange.policies import can_take_in

MOST_ATTEMPTS = 10
LEASE = timedelta(minutes=2)
_LONGEST_WAIT = timedelta(hours=1)
State = OutboundInterchange.State


@transaction.atomic
def queue(
    channel: Channel, build: Callable[[ControlNumbers, datetime], bytes], kind: str = "837P"
) -> OutboundInterchange:
    """Allot control numbers, build the bytes with them and store both: all of it or nothing."""
    numbers, at = allot(channel), now()
    content = build(numbers, at)
    row = OutboundInterchange.objects.create(
        channel=channel,
        interchange_control=numbers.interchange,
        group_control=numbers.group,
        set_control=numbers.set,
        kind=kind,
        file_name=f"{channel.slug}-{kind}-{numbers.interchange:09d}.edi".lower(),
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        next_attempt_at=at,
    )
    record("exchange.interchange.queued", row, detail={"control": numbers.interchange, "sha256": row.sha256})
    return row


def deliver_due() -> int:
    """Deliver every interchange whose time has come; return how many were delivered."""
    due = OutboundInterchange.objects.filter(
        state=State.QUEUED, next_attempt_at__lte=now(), channel__is_active=True
    ).values_list("pk", "next_attempt_at")
    return sum(_deliver(pk) for pk, seen in list(due) if _lease(pk, seen))


def _lease(pk: int, seen: datetime) -> bool:
    """Make the attempt this worker's; False when another one was quicker."""
    untouched = OutboundInterchange.objects.filter(pk=pk, state=State.QUEUED, next_attempt_at=seen)
    return untouched.update(next_attempt_at=now() + LEASE, attempts=F("attempts") + 1) == 1


def _deliver(pk: int) -> bool:
    row = OutboundInterchange.objects.select_related("channel").get(pk=pk)
    try:
        put(folder_of(row.channel), row.file_name, row.content)
    except OSError as error:
        _not_delivered(row, error)
        return False
    return _delivered(row)


@transaction.atomic
def _delivered(row: OutboundInterchange) -> bool:
    at = now()
    changed = OutboundInterchange.objects.filter(pk=row.pk, state=State.QUEUED).update(
        state=State.DELIVERED, delivered_at=at, last_error=""
    )
    if not changed:
        return False
    row.refresh_from_db()
    record("exchange.interchange.delivered", row, detail={"control": row.interchange_control})
    interchange_delivered.send(InterchangeDelivered(row))
    return True


@transaction.atomic
def _not_delivered(row: OutboundInterchange, error: OSError) -> None:
    gives_up = row.attempts >= MOST_ATTEMPTS
    wait = min(timedelta(seconds=2**row.attempts), _LONGEST_WAIT)
    OutboundInterchange.objects.filter(pk=row.pk, state=State.QUEUED).update(
        state=State.FAILED if gives_up else State.QUEUED,
        next_attempt_at=now() + wait,
        last_error=f"{type(error).__name__}: {error.strerror or 'the file could not be written'}"[:300],
    )
    if gives_up:
        record("exchange.interchange.failed", row, detail={"attempts": row.attempts})


@transaction.atomic
def try_again(person: Person, uid: UUID) -> OutboundInterchange:
    """Give a failed interchange new attempts, with the same name and bytes (manager or IT)."""
    row = OutboundInterchange.objects.select_related("channel").filter(uid=uid).first()
    if row is None or not can_take_in(person, row.channel.organization_id):
        raise Denied("There is no such interchange.")
    failed = OutboundInterchange.objects.filter(pk=row.pk, state=State.FAILED)
    if not failed.update(state=State.QUEUED, attempts=0, next_attempt_at=now()):
        raise Conflict("This interchange is not waiting for a person.", code="exchange.not-failed")
    record("exchange.interchange.tried_again", row)
    row.refresh_from_db()
    return row
