"""Reading the log and checking that nobody has rewritten it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db.models import QuerySet

from charthouse.apps.audit.anchor import read_anchors
from charthouse.apps.audit.chain import GENESIS, digest
from charthouse.apps.audit.models import AuditEvent, AuditSeal

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Verdict:
    """Result of a check of the whole chain. `bad_seq` is the first place that does not hold, with the reason."""

    checked: int
    unsealed: int
    bad_seq: int | None = None
    reason: str = ""

    @property
    def holds(self) -> bool:
        """Whether the log is as it was written."""
        return self.bad_seq is None


def events(*, organization: str = "") -> QuerySet[AuditEvent]:
    """Events newest first; of one organization, and of the system itself, when one is named."""
    found = AuditEvent.objects.order_by("-id")
    return found.filter(organization__in=[organization, ""]) if organization else found


def verify() -> Verdict:
    """Recompute every seal from its event, then hold the chain against the anchors kept outside the database."""
    unsealed = AuditEvent.objects.exclude(id__in=AuditSeal.objects.values("event_id")).count()
    previous, expected, digests = GENESIS, 0, {}
    for seal, event in _sealed_events():
        expected += 1
        reason = _fault(seal, event, expected, previous)
        if reason:
            return Verdict(expected - 1, unsealed, min(seal.seq, expected), reason)
        previous = seal.digest
        digests[seal.seq] = seal.digest
    for anchor in read_anchors():
        if digests.get(anchor.seq) != anchor.digest:
            reason = "the anchor outside the database names an event that is missing or different"
            return Verdict(expected, unsealed, anchor.seq, reason)
    return Verdict(expected, unsealed)


def _sealed_events() -> Iterator[tuple[AuditSeal, AuditEvent | None]]:
    seals = AuditSeal.objects.order_by("seq").iterator(chunk_size=_CHUNK)
    while chunk := list(islice(seals, _CHUNK)):
        # A rewritten id may be anything in SQLite; it then belongs to no event.
        found = _readable([seal.event_id for seal in chunk if isinstance(seal.event_id, int)])
        for seal in chunk:
            yield seal, found.get(seal.event_id)


def _readable(ids: Sequence[int]) -> dict[int, AuditEvent]:
    """Events by id; one whose row no longer can be read as an event is left out, and the others are kept."""
    try:
        return dict(AuditEvent.objects.in_bulk(ids))
    except ValueError:
        if len(ids) == 1:
            return {}
    middle = len(ids) // 2
    return _readable(ids[:middle]) | _readable(ids[middle:])


def _fault(seal: AuditSeal, event: AuditEvent | None, expected: int, previous: str) -> str:
    if seal.seq != expected:
        return f"seal {expected} is missing"
    if seal.previous != previous:
        return "it does not follow from the seal before it"
    if event is None:
        return f"event {seal.event_id} was deleted or cannot be read"
    if _digest_of(event, seal, previous) != seal.digest:
        return f"event {event.id} was changed after it was sealed"
    return ""


def _digest_of(event: AuditEvent, seal: AuditSeal, previous: str) -> str:
    """The digest as it would be sealed; empty for values that no event ever had (SQLite keeps any in any column)."""
    try:
        return digest(seal.seq, previous, event)
    except (AttributeError, TypeError, ValueError):
        return ""
