"""Charges stand in the journal once, and follow the version that is ready."""

from __future__ import annotations

import pytest

from charthouse.apps.accounts.models import Organization, Person
from charthouse.apps.billing import versions
from charthouse.apps.billing.actions import rebuild_claim
from charthouse.apps.billing.hooks import ClaimMade
from charthouse.apps.billing.models import Claim, ClaimState
from charthouse.apps.practice.models import ChargeItem
from charthouse.apps.remittance import journal
from charthouse.apps.remittance.charging import post_charges
from charthouse.apps.remittance.models import Account, JournalEntry
from charthouse.kit import Money
from tests.apps import builders
from tests.apps.builders import service


def charged(claim: Claim) -> Money:
    return -journal.balance(claim, Account.REVENUE)


def test_a_ready_claim_is_charged_and_a_held_one_is_not(practice: Organization) -> None:
    assert charged(builders.claim(practice)) == Money(21_800)
    assert charged(builders.claim(practice, service("Q3014"))) == Money(0)


def test_a_held_claim_is_charged_when_it_becomes_ready(practice: Organization, bea: Person) -> None:
    claim = builders.claim(practice, service("Q3014"))
    builders.charge_item(practice, "Q3014", 2_500)
    rebuild_claim(bea, claim.uid)
    assert charged(claim) == Money(2_500)
    assert JournalEntry.objects.get().memo == "Charges, 1 line, version 1"


def test_hearing_it_twice_charges_once(practice: Organization) -> None:
    claim = builders.claim(practice)
    for _ in range(3):
        post_charges(ClaimMade(claim, versions.latest(claim)))
    assert charged(claim) == Money(21_800)
    assert JournalEntry.objects.count() == 1


@pytest.mark.parametrize("price", [15_000, 9_000, 12_000])
@pytest.mark.parametrize("state", [ClaimState.READY, ClaimState.REJECTED])
def test_another_price_posts_the_difference_and_changes_no_entry(
    price: int, state: ClaimState, practice: Organization, bea: Person
) -> None:
    claim = builders.claim(practice)
    Claim.objects.update(state=state)
    ChargeItem.objects.filter(code="G0463").update(price_cents=price)
    rebuild_claim(bea, claim.uid)
    assert charged(claim) == Money(price + 9_800)
    assert journal.balance(claim, Account.PAYER_RECEIVABLE) == Money(price + 9_800)
    assert JournalEntry.objects.count() == (1 if price == 12_000 else 2)
    assert journal.verify() == []


def test_a_price_that_goes_up_and_back_down_ends_where_it_began(practice: Organization, bea: Person) -> None:
    claim = builders.claim(practice)
    for price in (15_000, 12_000, 15_000, 12_000):
        ChargeItem.objects.filter(code="G0463").update(price_cents=price)
        rebuild_claim(bea, claim.uid)
        assert charged(claim) == Money(price + 9_800)
