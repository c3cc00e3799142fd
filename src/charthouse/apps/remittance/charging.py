"""Charges in the journal: posted when a claim is ready, corrected by the difference when a later version differs."""

from __future__ import annotations

from charthouse.apps.billing.hooks import ClaimMade
from charthouse.apps.remittance import journal
from charthouse.apps.remittance.models import Account
from charthouse.kit import Money


def post_charges(event: ClaimMade) -> None:
    """Bring the revenue of the claim to the total of this version."""
    claim, version = event.claim, event.version
    charged = -journal.balance(claim, Account.REVENUE)
    change = Money(version.total_cents) - charged
    lines = version.lines.count()
    memo = f"Charges, {lines} line{'' if lines == 1 else 's'}, version {version.version}"
    # The same count for two that charge at once: the second is refused by the key and tries again.
    count = claim.journal_entries.filter(key__startswith=f"charges:{claim.uid}:").count()
    key = f"charges:{claim.uid}:{count + 1}"
    sides = journal.transfer(Account.PAYER_RECEIVABLE, Account.REVENUE, change)
    journal.post(claim.organization, key, memo, sides, claim=claim)
