"""Reading money and denials, scoped like claims."""

from charthouse.apps.remittance.selectors.claims import BalanceRow, claims_with_balance
from charthouse.apps.remittance.selectors.denials import DenialRow, Origin, denial_counts, denials, origin
from charthouse.apps.remittance.selectors.money import (
    ClaimMoney,
    JournalRow,
    LineMoney,
    claim_money,
)
from charthouse.apps.remittance.selectors.remittances import (
    RemittanceRow,
    UnmatchedRow,
    remittances,
    unmatched,
)

__all__ = [
    "BalanceRow",
    "ClaimMoney",
    "DenialRow",
    "JournalRow",
    "LineMoney",
    "Origin",
    "RemittanceRow",
    "UnmatchedRow",
    "claim_money",
    "claims_with_balance",
    "denial_counts",
    "denials",
    "origin",
    "remittances",
    "unmatched",
]
