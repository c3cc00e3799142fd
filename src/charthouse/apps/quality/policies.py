"""Who may see and answer a finding on coded work."""

from __future__ import annotations

from charthouse.apps.accounts.models import Person
from charthouse.apps.quality.models import CodingFinding


def may_answer(person: Person, finding: CodingFinding) -> bool:
    """Only the coder whose work it is about."""
    return finding.coder_id == person.pk and person.is_active
