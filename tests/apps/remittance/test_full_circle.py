"""The whole way: coding becomes a claim, the claim goes out, the simulated payer answers, the denial comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from charthouse.apps.accounts.models import Organization, Person
from charthouse.apps.billing.actions import send_claims
from charthouse.apps.billing.models import Claim, ClaimState
from charthouse.apps.exchange.models import InboundFile, OutboundInterchange
from charthouse.apps.jobs.actions import run_due
from charthouse.apps.jobs.models import PeriodicJob
from charthouse.apps.practice.models import Payer
from charthouse.apps.quality.models import CodingFinding
from charthouse.apps.remittance import journal, selectors
from charthouse.apps.remittance.models import Denial, Remittance
from charthouse.kit import Money
from charthouse.sandbox.payer import run_once
from tests.apps import builders
from tests.apps.builders import service


@pytest.fixture
def cascadia(practice: Organization) -> Payer:
    """A payer that denies drug lines pointing to symptoms only, and pays 75 percent of the rest."""
    payer = builders.payer(practice, "Cascadia Mutual")
    payer.payer_id = "CASCADIA"
    payer.save()
    return payer


def run_jobs() -> None:
    """Let the worker look once, whatever is due."""
    PeriodicJob.objects.update(due_at="2020-01-01T00:00:00Z")
    run_due()
    assert not PeriodicJob.objects.exclude(last_error="").exists()


def test_from_final_coding_to_a_denial_on_the_coders_desk(
    practice: Organization, bea: Person, cascadia: Payer, channel_dir: Path
) -> None:
    claim = builders.claim(practice, service("G0463", 1), service("J0696", 2, units=4), by=cascadia)
    send_claims(bea, [str(claim.uid)])
    run_jobs()
    assert run_once(channel_dir) == 1
    run_jobs()

    claim.refresh_from_db()
    assert claim.state == ClaimState.PARTLY_PAID
    assert claim.payer_claim_number == "CAS0000010001"
    moves = [step.to_state for step in claim.timeline.all() if step.from_state != step.to_state]
    assert moves == ["ready", "queued", "sent", "received", "accepted", "partly-paid"]
    money = selectors.claim_money(bea, claim)
    assert [(line.billed, line.paid, line.co, line.result) for line in money.lines] == [
        (Money(12_000), Money(9_000), Money(3_000), "Paid"),
        (Money(9_800), Money(0), Money(9_800), "Denied"),
    ]
    assert (money.payer_owes, money.patient_owes) == (Money(9_800), Money(0))
    assert journal.verify() == []
    denial = Denial.objects.get()
    assert (denial.amount_cents, denial.line.code if denial.line else "") == (9_800, "J0696")
    finding = CodingFinding.objects.get()
    assert (finding.coder, finding.code, finding.reason) == (claim.summary.coder, "J0696", "CO-50")


def test_another_round_changes_nothing(practice: Organization, bea: Person, cascadia: Payer, channel_dir: Path) -> None:
    claim = builders.claim(practice, by=cascadia)
    send_claims(bea, [str(claim.uid)])
    for _ in range(3):
        run_jobs()
        run_once(channel_dir)
    run_jobs()
    steps = claim.timeline.count()
    run_jobs()
    assert claim.timeline.count() == steps
    assert (Remittance.objects.count(), OutboundInterchange.objects.count()) == (1, 1)
    assert not InboundFile.objects.exclude(outcome=InboundFile.Outcome.TAKEN).exists()


def test_many_claims_of_two_payers_all_come_home(
    practice: Organization, bea: Person, cascadia: Payer, channel_dir: Path
) -> None:
    other = builders.payer(practice, "Some Payer")
    claims = [builders.claim(practice, by=by) for by in (cascadia, other) for _ in range(4)]
    send_claims(bea, [str(claim.uid) for claim in claims])
    run_jobs()
    assert run_once(channel_dir) == 2
    run_jobs()
    states = Claim.objects.order_by("id").values_list("state", flat=True)
    assert list(states) == [ClaimState.PARTLY_PAID] * 4 + [ClaimState.PAID] * 4
    rows = selectors.remittances(bea)
    assert [row.not_posted for row in rows] == [Money(0), Money(0)]
    assert selectors.unmatched(bea) == []
    assert Denial.objects.count() == 4


@pytest.mark.parametrize("first", ["1-999", "2-277ca", "3-835"])
def test_the_835_may_arrive_before_or_after_the_others(
    first: str, practice: Organization, bea: Person, cascadia: Payer, channel_dir: Path
) -> None:
    claim = builders.claim(practice, by=cascadia)
    send_claims(bea, [str(claim.uid)])
    run_jobs()
    run_once(channel_dir)
    incoming = channel_dir / cascadia.channel.slug / "from-payer"
    held = channel_dir / "held"
    held.mkdir()
    for path in list(incoming.iterdir()):
        if first not in path.name:
            path.rename(held / path.name)
    run_jobs()
    for path in list(held.iterdir()):
        path.rename(incoming / path.name)
    run_jobs()
    claim.refresh_from_db()
    assert claim.state == ClaimState.PARTLY_PAID
    assert journal.open_balances([claim])[claim.pk] == Money(9_800)
