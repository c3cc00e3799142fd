"""Where upper apps hear that a coding summary is final."""

from __future__ import annotations

from dataclasses import dataclass

from charthouse.apps.coding.models import CodingSummary
from charthouse.apps.core.hooks import Hook


@dataclass(frozen=True, slots=True)
class SummaryFinalised:
    """A coding summary has just been made; sent in the transaction that made it."""

    summary: CodingSummary


summary_finalised: Hook[SummaryFinalised] = Hook("coding.summary_finalised")
