"""The double-entry journal: balanced entries in whole cents, each made once, never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Count, Sum

from charthouse.apps.accounts.models import Organization
from charthouse.apps.billing.models import Claim
from charthouse.apps.core.clock import now
from charthouse.apps.remittance.models import Account, JournalEntry, Posting, Remittance
from charthouse.kit import Money

Sides = Sequence[tuple[Account, Money]]
RECEIVABLES = (Account.PAYER_RECEIVABLE, Account.PATIENT_RECEIVABLE)


class Unbalanced(ValueError):
    """An entry whose debits and credits differ; it is refused, never made to balance."""


@transaction.atomic
def post(
    organization: Organization,
    key: str,
    memo: str,
    sides: Sides,
    *,
    claim: Claim | None = None,
    remittance: Remittance | None = None,
) -> JournalEntry | None:
    """Append an entry; debits positive, credits negative. The same `key` again, or only zeros, changes nothing."""
    if Money.total(amount for _, amount in sides):
        raise Unbalanced(f"{memo}: the sides do not add up to zero")
    moved = [(account, amount) for account, amount in sides if amount]
    if not moved or JournalEntry.objects.filter(key=key).exists():
        return None
    entry = JournalEntry.objects.create(
        organization=organization, claim=claim, remittance=remittance, key=key, memo=memo[:120], posted_at=now()
    )
    Posting.objects.bulk_create(Posting(entry=entry, account=a, amount_cents=amount.cents) for a, amount in moved)
    return entry


def transfer(to: Account, off: Account, amount: Money) -> Sides:
    """Debit one account and credit another."""
    return ((to, amount), (off, -amount))


def balance(claim: Claim, account: Account) -> Money:
    """What an account holds for one claim, debits less credits."""
    postings = Posting.objects.filter(entry__claim=claim, account=account)
    return Money(postings.aggregate(sum=Sum("amount_cents"))["sum"] or 0)


def open_balances(claims: Sequence[Claim]) -> Mapping[int, Money]:
    """What payer and patient together still owe, by claim id; claims without entries are left out."""
    rows = Posting.objects.filter(entry__claim__in=claims, account__in=RECEIVABLES).values("entry__claim_id")
    return {row["entry__claim_id"]: Money(row["sum"]) for row in rows.annotate(sum=Sum("amount_cents")).order_by()}


def verify() -> list[str]:
    """Every entry that does not add up to zero or has a single side; empty when the journal is sound."""
    sums = JournalEntry.objects.annotate(sum=Sum("postings__amount_cents"), sides=Count("postings"))
    return [
        f"entry {entry.pk} ({entry.memo}): {entry.sides} sides, off by {Money(entry.sum or 0)}"
        for entry in sums.order_by("pk")
        if entry.sum or entry.sides < 2
    ]
