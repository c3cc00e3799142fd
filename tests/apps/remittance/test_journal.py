"""The journal takes balanced entries only, each once, and lets none be changed."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings, strategies

from charthouse.apps.accounts.models import Organization
from charthouse.apps.billing.models import Claim
from charthouse.apps.remittance import journal
from charthouse.apps.remittance.models import Account, JournalEntry, Posting
from charthouse.kit import Money
from tests.apps import builders


def post(practice: Organization, key: str, *sides: tuple[Account, int], claim: Claim | None = None) -> object:
    amounts = [(account, Money(cents)) for account, cents in sides]
    return journal.post(practice, key, "Test", amounts, claim=claim)


def test_a_balanced_entry_is_kept(practice: Organization) -> None:
    assert post(practice, "k", (Account.CASH, 100), (Account.PAYER_RECEIVABLE, -100))
    assert sorted(Posting.objects.values_list("account", "amount_cents")) == [("cash", 100), ("payer-receivable", -100)]
    assert journal.verify() == []


@pytest.mark.parametrize("sides", [((Account.CASH, 1),), ((Account.CASH, 100), (Account.REVENUE, -99))])
def test_an_unbalanced_entry_is_refused(sides: tuple[tuple[Account, int], ...], practice: Organization) -> None:
    with pytest.raises(journal.Unbalanced):
        post(practice, "k", *sides)
    assert not JournalEntry.objects.exists()


def test_the_same_key_posts_once(practice: Organization) -> None:
    sides = ((Account.CASH, 100), (Account.PAYER_RECEIVABLE, -100))
    assert post(practice, "k", *sides)
    assert post(practice, "k", *sides) is None
    assert Posting.objects.count() == 2


def test_nothing_but_zeros_is_no_entry(practice: Organization) -> None:
    assert post(practice, "k", (Account.CASH, 0), (Account.PAYER_RECEIVABLE, 0)) is None
    assert not JournalEntry.objects.exists()


@pytest.mark.parametrize("model", [JournalEntry, Posting])
def test_entries_and_postings_cannot_be_changed_or_deleted(model: type, practice: Organization) -> None:
    post(practice, "k", (Account.CASH, 100), (Account.PAYER_RECEIVABLE, -100))
    field = {"memo": "x"} if model is JournalEntry else {"amount_cents": 1}
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(**field)  # type: ignore[attr-defined]
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all()._raw_delete("default")  # type: ignore[attr-defined]
    assert journal.verify() == []


def test_verifying_names_an_entry_that_was_put_in_by_hand(practice: Organization) -> None:
    post(practice, "k", (Account.CASH, 100), (Account.PAYER_RECEIVABLE, -100))
    Posting.objects.create(entry=JournalEntry.objects.get(), account=Account.CASH, amount_cents=5)
    (problem,) = journal.verify()
    assert "off by $0.05" in problem


def test_balances_are_by_claim(practice: Organization) -> None:
    first, second = builders.claim(practice), builders.claim(practice)
    assert journal.open_balances([first, second]) == {first.pk: Money(21_800), second.pk: Money(21_800)}
    post(practice, "k", (Account.CASH, 100), (Account.PAYER_RECEIVABLE, -100), claim=first)
    assert journal.balance(first, Account.PAYER_RECEIVABLE) == Money(21_700)
    assert journal.balance(second, Account.PAYER_RECEIVABLE) == Money(21_800)
    assert journal.open_balances([first]) == {first.pk: Money(21_700)}


ENTRIES = strategies.lists(
    strategies.tuples(
        strategies.sampled_from(Account), strategies.sampled_from(Account), strategies.integers(-(10**9), 10**9)
    ),
    max_size=12,
)


@given(entries=ENTRIES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_transfers_leave_the_whole_journal_at_zero(
    entries: list[tuple[Account, Account, int]], practice: Organization
) -> None:
    run = JournalEntry.objects.count()
    for number, (to, off, cents) in enumerate(entries):
        journal.post(practice, f"{run}:{number}:{cents}", "Test", journal.transfer(to, off, Money(cents)))
    assert sum(Posting.objects.values_list("amount_cents", flat=True)) == 0
    assert journal.verify() == []
