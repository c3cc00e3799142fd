"""Checks as they came in, and what in them matched no claim of ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from charthouse.apps.accounts.models import Person
from charthouse.apps.accounts.selectors import organization_ids
from charthouse.apps.billing.policies import BILLING_ROLES, can_see_claims
from charthouse.apps.core.errors import Denied
from charthouse.apps.remittance.models import Account, Posting, Remittance, RemittanceClaim
from charthouse.kit import Money

MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class RemittanceRow:
    """A check: its amount, what of it stands in the journal, and why the rest does not."""

    uid: UUID
    number: str
    payer_name: str
    payer_identifier: str
    received_at: datetime
    paid_on: date | None
    amount: Money | None
    posted: Money
    state: str
    state_label: str
    claims: int
    file_name: str
    problems: tuple[str, ...]

    @property
    def not_posted(self) -> Money:
        """What of the check a person still has to decide on: unmatched claims, adjustments of the provider."""
        return (self.amount or Money(0)) - self.posted


@dataclass(frozen=True, slots=True)
class UnmatchedRow:
    """A claim of a posted check that matched none of ours."""

    uid: UUID
    claim_number: str
    payer_claim_number: str
    billed: Money
    paid: Money
    check_number: str
    payer_name: str
    received_at: datetime
    problems: tuple[str, ...]


def remittances(person: Person) -> list[RemittanceRow]:
    """Checks, youngest first."""
    rows = list(_rows(person).select_related("payer", "file").annotate(count=Count("claims"))[:MOST_ROWS])
    cash = _cash(rows)
    return [
        RemittanceRow(
            uid=row.uid,
            number=row.number,
            payer_name=row.payer.name if row.payer else "",
            payer_identifier=row.payer_identifier,
            received_at=row.created_at,
            paid_on=row.paid_on,
            amount=Money(row.amount_cents) if row.amount_cents is not None else None,
            posted=Money(cash.get(row.pk, 0)),
            state=row.state,
            state_label=row.get_state_display(),
            claims=row.count,
            file_name=row.file.name,
            problems=tuple(row.problems),
        )
        for row in rows
    ]


def unmatched(person: Person) -> list[UnmatchedRow]:
    """Claims of posted checks that wait for a person: they are listed, never posted, never dropped."""
    rows = RemittanceClaim.objects.filter(
        claim__isnull=True, remittance__in=_rows(person).order_by(), remittance__state=Remittance.State.POSTED
    ).select_related("remittance__payer")
    return [
        UnmatchedRow(
            uid=row.uid,
            claim_number=row.claim_number,
            payer_claim_number=row.payer_claim_number,
            billed=Money(row.billed_cents or 0),
            paid=Money(row.paid_cents or 0),
            check_number=row.remittance.number,
            payer_name=row.remittance.payer.name if row.remittance.payer else row.remittance.payer_identifier,
            received_at=row.created_at,
            problems=tuple(row.problems),
        )
        for row in rows.order_by("id")[:MOST_ROWS]
    ]


def _rows(person: Person) -> QuerySet[Remittance]:
    if not can_see_claims(person):
        raise Denied("Only a biller or a manager sees remittances.")
    return Remittance.objects.filter(organization_id__in=organization_ids(person, *BILLING_ROLES))


def _cash(rows: Sequence[Remittance]) -> dict[int, int]:
    found: dict[int, int] = {}
    postings = Posting.objects.filter(entry__remittance__in=rows, account=Account.CASH)
    for remittance_id, cents in postings.values_list("entry__remittance_id", "amount_cents"):
        found[remittance_id or 0] = found.get(remittance_id or 0, 0) + cents
    return found
