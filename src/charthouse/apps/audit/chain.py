"""The hash chain: what is hashed, in which order."""

from __future__ import annotations

import hashlib
import json

from charthouse.apps.audit.models import AuditEvent

GENESIS = "0" * 64
_FIELDS = (
    "id",
    "verb",
    "actor",
    "actor_label",
    "organization",
    "object_type",
    "object_id",
    "subject",
    "reason",
    "address",
    "session",
    "detail",
)


def digest(seq: int, previous: str, event: AuditEvent) -> str:
    """SHA-256 over the place in the chain, the digest before and every field of the event, as sorted JSON."""
    content = {name: getattr(event, name) for name in _FIELDS}
    content["at"] = event.at.isoformat()
    text = json.dumps([seq, previous, content], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
