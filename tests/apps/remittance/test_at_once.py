"""Several workers and people at once: a claim is sent once, a file delivered once, a check posted once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import DatabaseError, connection

from charthouse.apps.accounts.models import Organization, Person
from charthouse.apps.billing.actions import send_claims
from charthouse.apps.billing.models import Claim, ClaimState
from charthouse.apps.core.errors import Conflict
from charthouse.apps.exchange import inbound
from charthouse.apps.exchange.channels import folder_of
from charthouse.apps.exchange.models import OutboundInterchange
from charthouse.apps.exchange.outbox import deliver_due
from charthouse.apps.remittance import journal
from charthouse.apps.remittance.models import Account, Remittance
from tests.apps import builders
from tests.apps.remittance.checks import as_file, channel_of, check, decision, paid_line, sent_claim

AT_ONCE = 8
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def practice(transactional_db: None) -> Organization:
    return builders.organization()


def all_at_once(act: Callable[[int], object]) -> list[object]:
    """Run the act in several threads that start together; errors are results."""
    start = Barrier(AT_ONCE)

    def run(number: int) -> object:
        start.wait()
        try:
            return act(number)
        except (Conflict, DatabaseError) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


def test_one_claim_sent_by_many_goes_out_once(practice: Organization, bea: Person) -> None:
    claim = builders.claim(practice)
    results = all_at_once(lambda _: send_claims(bea, [str(claim.uid)]))
    assert sum(isinstance(result, Conflict) for result in results) == AT_ONCE - 1
    assert OutboundInterchange.objects.count() == 1
    claim.refresh_from_db()
    assert claim.state == ClaimState.QUEUED


def test_many_claims_sent_at_once_have_numbers_of_their_own(practice: Organization, bea: Person) -> None:
    payer = builders.payer(practice)
    claims = [builders.claim(practice, by=payer) for _ in range(AT_ONCE)]
    all_at_once(lambda number: send_claims(bea, [str(claims[number].uid)]))
    numbers = sorted(OutboundInterchange.objects.values_list("interchange_control", flat=True))
    assert numbers == list(range(1, AT_ONCE + 1))


def test_many_workers_deliver_each_file_once(practice: Organization, bea: Person) -> None:
    payer = builders.payer(practice)
    for _ in range(5):
        send_claims(bea, [str(builders.claim(practice, by=payer).uid)])
    results = all_at_once(lambda _: deliver_due())
    assert sum(result for result in results if isinstance(result, int)) == 5
    assert len(list(folder_of(payer.channel).to_payer.iterdir())) == 5


def test_one_check_taken_by_many_is_posted_once(practice: Organization, bea: Person) -> None:
    claim = sent_claim(practice, bea)
    told = check(decision(claim, paid_line(claim, 1, 12_000), paid_line(claim, 2, 9_800)))
    files = [as_file(told) for _ in range(AT_ONCE)]
    all_at_once(lambda number: inbound.take(channel_of(claim), f"{number}.edi", files[number]))
    assert Remittance.objects.filter(state=Remittance.State.POSTED).count() == 1
    assert journal.balance(claim, Account.CASH).cents == 21_800
    assert Claim.objects.get().state == ClaimState.PAID
