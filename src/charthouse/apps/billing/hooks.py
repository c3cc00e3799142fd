"""Where remittance hears that a claim is ready, so that its charges stand in the journal."""

from __future__ import annotations

from dataclasses import dataclass

from charthouse.apps.billing.models import Claim, ClaimVersion
from charthouse.apps.core.hooks import Hook


@dataclass(frozen=True, slots=True)
class ClaimMade:
    """A version of a claim has become ready to send; sent again when a later version does."""

    claim: Claim
    version: ClaimVersion


claim_made: Hook[ClaimMade] = Hook("billing.claim_made")
