"""Writing the log: `record` an event inside the caller's transaction, seal it into the chain once it is committed."""

from __future__ import annotations

import re

from django.db import connection, models, transaction

from charthouse.apps.audit.chain import GENESIS, digest
from charthouse.apps.audit.context import Actor, current_actor
from charthouse.apps.audit.models import AuditEvent, AuditSeal

_VERB = re.compile(r"[a-z]+\.[a-z_]+\.[a-z_]+")
_SEAL_LOCK = 0x43485345  # one sealer at a time on PostgreSQL; SQLite has one writer anyway
_BATCH = 1000
# PostgreSQL hands out ids before it commits: an event may appear after a younger one has been sealed.
_LATE = 10_000


def record(
    verb: str,
    target: models.Model | None = None,
    *,
    subject: str = "",
    reason: str = "",
    detail: dict[str, object] | None = None,
    actor: Actor | None = None,
) -> AuditEvent:
    """Append one event in the caller's transaction; if it cannot be written, the caller's work is undone too.

    `target` is named by model and uid, `subject` is the uid of the patient concerned. `detail` holds no patient data.
    """
    if not _VERB.fullmatch(verb):
        raise ValueError(f"{verb!r} is not an audit verb like charts.chart.opened")
    who = actor or current_actor()
    with transaction.atomic():
        event = AuditEvent.objects.create(
            verb=verb,
            actor=who.id,
            actor_label=who.label[:120],
            organization=who.organization_id,
            address=who.address[:64],
            session=who.session,
            object_type=target._meta.label if target is not None else "",
            object_id=str(getattr(target, "uid", "") or getattr(target, "pk", "")) if target is not None else "",
            subject=subject,
            reason=reason[:300],
            detail=detail or {},
        )
        transaction.on_commit(_seal_after_commit)
    return event


def _seal_after_commit() -> None:
    # Every event of one transaction asks for a seal; the first call seals them all, the others find nothing to do.
    seal_pending()


def seal_pending() -> int:
    """Chain every committed event that has no seal yet, oldest first, and return how many were sealed."""
    with transaction.atomic():
        if not _only_sealer():
            return 0
        last = AuditSeal.objects.order_by("-seq").first()
        seq, previous = (last.seq, last.digest) if last else (0, GENESIS)
        recent = (last.event_id if last else 0) - _LATE
        sealed = AuditSeal.objects.filter(event_id__gt=recent).values("event_id")
        pending = AuditEvent.objects.filter(id__gt=recent).exclude(id__in=sealed).order_by("id")[:_BATCH]
        seals = []
        for event in pending:
            seq += 1
            own = digest(seq, previous, event)
            seals.append(AuditSeal(seq=seq, event_id=event.id, previous=previous, digest=own))
            previous = own
        AuditSeal.objects.bulk_create(seals)
    return len(seals)


def _only_sealer() -> bool:
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_SEAL_LOCK])
        return bool(cursor.fetchone()[0])
