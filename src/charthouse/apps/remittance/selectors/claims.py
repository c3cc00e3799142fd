"""The list of claims with what is still owed on each."""

from __future__ import annotations

from dataclasses import dataclass

from charthouse.apps.accounts.models import Person
from charthouse.apps.billing.selectors import ClaimRow, claims
from charthouse.apps.remittance.journal import open_balances
from charthouse.kit import Money


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """A claim in a list and what payer and patient together still owe."""

    row: ClaimRow
    owed: Money


def claims_with_balance(person: Person, view: str = "all") -> list[BalanceRow]:
    """Claims of a view of billing.selectors.VIEWS, each with its open balance."""
    rows = claims(person, view)
    owed = open_balances([row.claim for row in rows])
    return [BalanceRow(row, owed.get(row.claim.pk, Money(0))) for row in rows]
