"""How coding says no beyond the common ways."""

from __future__ import annotations

from collections.abc import Sequence

from charthouse.apps.core.errors import Conflict
from charthouse.kit import Finding


class FindingsOpen(Conflict):
    """Coding cannot be final while a finding stops it; `findings` holds those that do."""

    code = "coding.findings-open"

    def __init__(self, findings: Sequence[Finding]) -> None:
        count = len(findings)
        what = f"{count} findings stop" if count > 1 else "1 finding stops"
        super().__init__(
            f"{what} this coding from being final. First: {findings[0].message}",
            mend="Settle what stops it, then finalise again.",
        )
        self.findings = tuple(findings)
