"""Jobs of the apps below this one: sealing the audit log and anchoring its head outside the database."""

from __future__ import annotations

from charthouse.apps.audit.actions import seal_pending
from charthouse.apps.audit.anchor import anchor_head
from charthouse.apps.jobs.registry import periodic


@periodic("audit.seal", every_seconds=5)
def seal_audit_log() -> None:
    """Seal what was left unsealed by a crash, then write the head of the chain to its file."""
    seal_pending()
    anchor_head()
