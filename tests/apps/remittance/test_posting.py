"""A check is posted to the cent and once, or suspended whole; what matches no claim of ours is listed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies

from charthouse.apps.accounts.models import Organization, Person
from charthouse.apps.billing.models import Claim, ClaimState
from charthouse.apps.core.clock import today
from charthouse.apps.exchange import inbound
from charthouse.apps.exchange.models import InboundFile
from charthouse.apps.quality.models import CodingFinding
from charthouse.apps.remittance import journal, posting
from charthouse.apps.remittance.models import Account, Denial, JournalEntry, Posting, Remittance, RemittanceClaim
from charthouse.kit import Money
from tests.apps import builders
from tests.apps.remittance.checks import (
    as_file,
    channel_of,
    check,
    decision,
    paid_line,
    receive,
    reversal,
    sent_claim,
)

State = Remittance.State
CO45 = ("CO", "45", 2_000)


def money(claim: Claim) -> dict[str, int]:
    return {account.value: journal.balance(claim, account).cents for account in Account}


def state(claim: Claim) -> str:
    claim.refresh_from_db()
    return claim.state


def in_full(claim: Claim) -> tuple:  # type: ignore[type-arg]
    return paid_line(claim, 1, 10_000, CO45), paid_line(claim, 2, 9_800)


def test_charges_stand_in_the_journal_once_the_claim_is_made(claim: Claim) -> None:
    assert money(claim) == {
        "payer-receivable": 21_800,
        "patient-receivable": 0,
        "cash": 0,
        "revenue": -21_800,
        "contractual": 0,
    }


def test_a_payment_with_contract_and_patient_parts_is_posted_to_the_cent(claim: Claim) -> None:
    lines = paid_line(claim, 1, 8_000, CO45, ("PR", "2", 2_000)), paid_line(claim, 2, 9_800)
    receive(channel_of(claim), check(decision(claim, *lines)))
    assert money(claim) == {
        "payer-receivable": 0,
        "patient-receivable": 2_000,
        "cash": 17_800,
        "revenue": -21_800,
        "contractual": 2_000,
    }
    assert state(claim) == ClaimState.PAID
    assert claim.payer_claim_number == "NS88120467"
    event = claim.timeline.last()
    assert event
    assert event.sentence == (
        "$178.00 paid of $218.00 by check 7731904, $20.00 contract adjustment, $20.00 moved to the patient."
    )


def test_a_denied_line_stays_open_becomes_work_and_is_told_to_the_coder(claim: Claim) -> None:
    lines = paid_line(claim, 1, 10_000, CO45), paid_line(claim, 2, 0, ("CO", "50", 9_800))
    receive(channel_of(claim), check(decision(claim, *lines)))
    denial = Denial.objects.get()
    assert (denial.amount_cents, denial.group, denial.reason, denial.state) == (9_800, "CO", "50", Denial.State.OPEN)
    assert denial.line
    assert denial.line.code == "J0696"
    assert denial.answer_by == min(date(2026, 11, 23), today()) + timedelta(days=60)
    assert (state(claim), money(claim)["payer-receivable"]) == (ClaimState.PARTLY_PAID, 9_800)
    finding = CodingFinding.objects.get()
    assert (finding.coder, finding.code, finding.reason) == (claim.summary.coder, "J0696", "CO-50")
    assert finding.message == (f"Test Payer denied J0696 (line 2) of claim {claim.number}: $98.00. It pointed to R05.")


def test_a_claim_denied_whole_is_denied_and_nothing_is_written_off(claim: Claim) -> None:
    lines = paid_line(claim, 1, 0, ("CO", "29", 12_000)), paid_line(claim, 2, 0, ("CO", "45", 9_800))
    receive(channel_of(claim), check(decision(claim, *lines, status="4")))
    assert state(claim) == ClaimState.DENIED
    assert money(claim)["contractual"] == 0
    assert money(claim)["payer-receivable"] == 21_800
    assert Denial.objects.count() == 2


def test_nothing_paid_because_of_the_deductible_is_settled_and_no_denial(claim: Claim) -> None:
    lines = paid_line(claim, 1, 0, ("PR", "1", 12_000)), paid_line(claim, 2, 0, ("PR", "1", 9_800))
    receive(channel_of(claim), check(decision(claim, *lines)))
    assert (state(claim), Denial.objects.count()) == (ClaimState.PAID, 0)
    assert money(claim)["patient-receivable"] == 21_800


@pytest.mark.parametrize("off", [1, -1, 10_000])
def test_a_check_whose_amount_is_off_is_suspended_whole(off: int, claim: Claim) -> None:
    before = money(claim)
    remittance = check(decision(claim, *in_full(claim)), amount=19_800 + off)
    receive(channel_of(claim), remittance)
    row = Remittance.objects.get()
    assert row.state == State.SUSPENDED
    assert "BPR02" in row.problems[0]
    assert (money(claim), state(claim)) == (before, ClaimState.SENT)
    assert row.claims.get().state == "suspended"


def test_one_claim_that_does_not_add_up_suspends_the_check_and_names_itself(
    claim: Claim, practice: Organization, bea: Person
) -> None:
    other = sent_claim(practice, bea, by=claim.payer)
    wrong = decision(other, paid_line(other, 1, 10_000, ("CO", "45", 1_999)), paid_line(other, 2, 9_800))
    receive(channel_of(claim), check(decision(claim, *in_full(claim)), wrong))
    row = Remittance.objects.get()
    assert row.state == State.SUSPENDED
    assert [one.state for one in row.claims.order_by("id")] == ["paid", "suspended"]
    assert JournalEntry.objects.filter(remittance=row).count() == 0
    assert state(claim) == ClaimState.SENT


def test_an_amount_that_cannot_be_read_suspends_and_is_named(claim: Claim) -> None:
    content = as_file(check(decision(claim, *in_full(claim)))).replace(b"CAS*CO*45*20~", b"CAS*CO*45*2e1~")
    inbound.take(channel_of(claim), "835.edi", content)
    row = Remittance.objects.get()
    assert row.state == State.SUSPENDED
    assert any(problem.startswith("CAS") for problem in row.claims.get().problems)


def test_a_corrected_copy_of_a_suspended_check_is_posted(claim: Claim) -> None:
    receive(channel_of(claim), check(decision(claim, *in_full(claim)), amount=1))
    receive(channel_of(claim), check(decision(claim, *in_full(claim))))
    assert sorted(Remittance.objects.values_list("state", flat=True)) == [State.POSTED, State.SUSPENDED]
    assert money(claim)["cash"] == 19_800


def test_the_same_file_again_and_renamed_is_posted_once(claim: Claim) -> None:
    content = as_file(check(decision(claim, *in_full(claim))))
    for name in ("a.edi", "a.edi", "b.edi"):
        inbound.take(channel_of(claim), name, content)
    assert Remittance.objects.count() == 1
    assert money(claim)["cash"] == 19_800
    assert InboundFile.objects.filter(outcome=InboundFile.Outcome.DUPLICATE).count() == 2


@pytest.mark.parametrize("paid", [9_800, 9_700])
def test_the_same_check_in_another_file_is_a_duplicate_even_with_another_amount(paid: int, claim: Claim) -> None:
    receive(channel_of(claim), check(decision(claim, *in_full(claim))))
    second = paid_line(claim, 2, paid, *([("CO", "45", 9_800 - paid)] if paid < 9_800 else []))
    receive(channel_of(claim), check(decision(claim, paid_line(claim, 1, 10_000, CO45), second)))
    duplicate = Remittance.objects.get(state=State.DUPLICATE)
    assert any(problem.startswith("duplicate") for problem in duplicate.problems)
    assert money(claim)["cash"] == 19_800


def test_the_same_number_from_another_payer_is_another_check(claim: Claim, practice: Organization, bea: Person) -> None:
    from dataclasses import replace

    other = sent_claim(practice, bea)
    receive(channel_of(claim), check(decision(claim, *in_full(claim))))
    receive(channel_of(other), replace(check(decision(other, *in_full(other))), originator="1000000001"))
    assert Remittance.objects.filter(state=State.POSTED).count() == 2


def test_two_checks_in_one_file_stand_by_themselves(claim: Claim, practice: Organization, bea: Person) -> None:
    other = sent_claim(practice, bea, by=claim.payer)
    receive(
        channel_of(claim),
        check(decision(claim, *in_full(claim)), number="1", amount=5),
        check(decision(other, *in_full(other)), number="2"),
    )
    assert (state(claim), state(other)) == (ClaimState.SENT, ClaimState.PAID)


def test_a_check_without_a_number_is_suspended(claim: Claim) -> None:
    receive(channel_of(claim), check(decision(claim, *in_full(claim)), number=""))
    assert Remittance.objects.get().state == State.SUSPENDED


def test_lines_are_matched_by_their_control_number_when_the_claim_number_is_lost(claim: Claim) -> None:
    from dataclasses import replace

    told = replace(decision(claim, *in_full(claim)), patient_control_number="0")
    receive(channel_of(claim), check(told))
    assert state(claim) == ClaimState.PAID


def test_the_claim_number_matches_when_lines_carry_no_control_number(claim: Claim) -> None:
    from dataclasses import replace

    lines = [replace(line, control_number="") for line in in_full(claim)]
    receive(channel_of(claim), check(decision(claim, *lines)))
    assert state(claim) == ClaimState.PAID


def test_a_claim_that_is_not_ours_is_listed_and_the_others_are_posted(claim: Claim) -> None:
    from dataclasses import replace

    stranger = replace(
        decision(claim, *(replace(line, control_number="X") for line in in_full(claim))),
        patient_control_number="OTHER-1",
    )
    receive(channel_of(claim), check(decision(claim, *in_full(claim)), stranger))
    row = RemittanceClaim.objects.get(claim=None)
    assert (row.claim_number, row.paid_cents) == ("OTHER-1", 19_800)
    assert row.problems == ["Neither CLP01 nor REF*6R names a claim of ours with this payer."]
    assert money(claim)["cash"] == 19_800
    assert Remittance.objects.get().state == State.POSTED


def test_numbers_that_name_two_claims_match_neither(claim: Claim, practice: Organization, bea: Person) -> None:
    from dataclasses import replace

    other = sent_claim(practice, bea, by=claim.payer)
    receive(channel_of(claim), check(replace(decision(claim, *in_full(claim)), patient_control_number=other.number)))
    assert RemittanceClaim.objects.get().claim is None
    assert (state(claim), state(other)) == (ClaimState.SENT, ClaimState.SENT)


def test_another_payer_or_tenant_cannot_pay_our_claim(claim: Claim, practice: Organization) -> None:
    for number, channel in enumerate((builders.channel(practice), builders.channel(builders.organization()))):
        receive(channel, check(decision(claim, *in_full(claim)), number=str(number)))
    assert state(claim) == ClaimState.SENT
    assert not RemittanceClaim.objects.filter(claim__isnull=False).exists()


def test_provider_adjustments_are_listed_and_left_to_a_person(claim: Claim) -> None:
    receive(channel_of(claim), check(decision(claim, *in_full(claim)), plb=1_200))
    row = Remittance.objects.get()
    assert (row.state, row.amount_cents) == (State.POSTED, 18_600)
    assert row.problems == ["PLB WO $12.00 is not posted: a person decides."]


def test_a_reversal_and_correction_in_one_check_leave_the_corrected_money(claim: Claim) -> None:
    first = decision(claim, paid_line(claim, 1, 10_000, CO45), paid_line(claim, 2, 0, ("CO", "50", 9_800)))
    receive(channel_of(claim), check(first, number="1"))
    corrected = decision(claim, *in_full(claim))
    receive(channel_of(claim), check(reversal(first), corrected, number="2"))
    assert money(claim) == {
        "payer-receivable": 0,
        "patient-receivable": 0,
        "cash": 19_800,
        "revenue": -21_800,
        "contractual": 2_000,
    }
    assert state(claim) == ClaimState.PAID


def test_an_835_may_come_before_every_other_answer(claim: Claim) -> None:
    Claim.objects.update(state=ClaimState.QUEUED)
    receive(channel_of(claim), check(decision(claim, *in_full(claim))))
    assert state(claim) == ClaimState.PAID


def test_a_crash_in_the_middle_posts_nothing_and_the_next_try_posts_all(
    claim: Claim, practice: Organization, bea: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = sent_claim(practice, bea, by=claim.payer)
    content = as_file(check(decision(claim, *in_full(claim)), decision(other, *in_full(other))))
    real, calls = posting.open_denials, []

    def crash_at_the_second(*args: object) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("crash")
        real(*args)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(posting, "open_denials", crash_at_the_second)
        with pytest.raises(RuntimeError):
            inbound.take(channel_of(claim), "835.edi", content)
    assert not Remittance.objects.exists()
    assert not JournalEntry.objects.filter(remittance__isnull=False).exists()
    inbound.take(channel_of(claim), "835.edi", content)
    row = Remittance.objects.get()
    cash = Posting.objects.filter(account=Account.CASH).values_list("amount_cents", flat=True)
    assert sum(cash) == row.amount_cents == 39_600


def test_text_longer_than_its_column_is_kept_short_and_nothing_fails(claim: Claim) -> None:
    from dataclasses import replace

    line = replace(paid_line(claim, 1, 12_000), procedure="X" * 48, control_number="C" * 50)
    told = replace(decision(claim, line), patient_control_number="N" * 38, payer_control_number="P" * 50)
    receive(channel_of(claim), check(told, number="T" * 50))
    assert RemittanceClaim.objects.get().claim_number == "N" * 38


ADJUSTMENTS = strategies.lists(
    strategies.tuples(
        strategies.sampled_from(["CO", "PR", "OA", "PI"]),
        strategies.sampled_from(["45", "253", "1", "50", "97"]),
        strategies.integers(1, 6_000),
    ),
    max_size=2,
)
DECISIONS = strategies.lists(
    strategies.tuples(ADJUSTMENTS, ADJUSTMENTS, strategies.sampled_from(["1", "4"]), strategies.booleans()),
    min_size=1,
    max_size=4,
)


@given(decisions=DECISIONS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_decisions_and_reversals_the_journal_balances_and_rebuilds(
    decisions: list,
    practice: Organization,
    bea: Person,  # type: ignore[type-arg]
) -> None:
    claim = sent_claim(practice, bea)
    for number, (first, second, status, is_reversed) in enumerate(decisions):
        lines = (
            paid_line(claim, 1, max(0, 12_000 - sum(c for _, _, c in first)), *first),
            paid_line(claim, 2, max(0, 9_800 - sum(c for _, _, c in second)), *second),
        )
        told = decision(claim, *lines, status=status)
        receive(channel_of(claim), check(told, number=f"{claim.pk}-{number}"))
        if is_reversed:
            before = money(claim)
            receive(channel_of(claim), check(reversal(told), number=f"{claim.pk}-{number}-back"))
            receive(channel_of(claim), check(told, number=f"{claim.pk}-{number}-again"))
            assert money(claim) == before
    posted = Remittance.objects.filter(claims__claim=claim, state=State.POSTED)
    assert sum(money(claim).values()) == 0
    assert money(claim)["cash"] == sum(row.amount_cents or 0 for row in posted)
    assert money(claim)["revenue"] == -21_800
    assert journal.verify() == []
    assert Money(money(claim)["payer-receivable"] + money(claim)["patient-receivable"]) == journal.open_balances(
        [claim]
    ).get(claim.pk, Money(0))
