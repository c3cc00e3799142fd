"""The anchor: the head of the chain, written to a file outside the database so that a cut-off log is noticed."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from charthouse.apps.audit.models import AuditSeal
from charthouse.apps.core.clock import now


@dataclass(frozen=True, slots=True)
class Anchor:
    """A head of the chain as it was once written down."""

    seq: int
    digest: str


def anchor_head() -> Anchor | None:
    """Append the head to the anchor file (fsynced) when it has moved since the last line."""
    head = AuditSeal.objects.order_by("-seq").first()
    if head is None:
        return None
    anchors = read_anchors()
    anchor = Anchor(head.seq, head.digest)
    if anchors and anchors[-1] == anchor:
        return anchor
    path = Path(settings.AUDIT_ANCHOR_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        file.write(json.dumps({"seq": head.seq, "digest": head.digest, "at": now().isoformat()}) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return anchor


def read_anchors() -> list[Anchor]:
    """Read every anchor, oldest first; a line that cannot be read counts as an anchor nothing can match."""
    path = Path(settings.AUDIT_ANCHOR_FILE)
    if not path.exists():
        return []
    return [_parse(line) for line in path.read_text().splitlines() if line.strip()]


def _parse(line: str) -> Anchor:
    try:
        data = json.loads(line)
        return Anchor(int(data["seq"]), str(data["digest"]))
    except (ValueError, KeyError, TypeError):
        return Anchor(-1, "unreadable")
