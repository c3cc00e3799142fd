"""A claim's money by line and as a journal with a running balance; checks with what of them is not posted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from charthouse.apps.accounts.models import Organization, Person
from charthouse.apps.billing.models import Claim
from charthouse.apps.core.errors import Denied
from charthouse.apps.remittance import selectors
from charthouse.kit import Money
from tests.apps import builders
from tests.apps.remittance.checks import channel_of, check, decision, paid_line, receive

CO45, PR2, CO50 = ("CO", "45", 2_000), ("PR", "2", 2_000), ("CO", "50", 9_800)


@pytest.fixture
def answered(claim: Claim) -> Claim:
    lines = paid_line(claim, 1, 8_000, CO45, PR2), paid_line(claim, 2, 0, CO50)
    receive(channel_of(claim), check(decision(claim, *lines)))
    return claim


def test_before_any_answer_every_line_waits(claim: Claim, bea: Person) -> None:
    money = selectors.claim_money(bea, claim)
    assert [line.result for line in money.lines] == ["Waits", "Waits"]
    assert (money.total.result, money.payer_owes, money.owed) == ("Waits", Money(21_800), Money(21_800))


def test_each_line_says_billed_allowed_paid_and_why_not_more(answered: Claim, bea: Person) -> None:
    first, second = selectors.claim_money(bea, answered).lines
    assert (first.billed, first.allowed, first.paid, first.co, first.pr, first.oa, first.result) == (
        Money(12_000),
        Money(10_000),
        Money(8_000),
        Money(2_000),
        Money(2_000),
        Money(0),
        "Paid",
    )
    assert first.reasons == (("CO-45", Money(2_000)), ("PR-2", Money(2_000)))
    assert (second.co, second.result) == (Money(9_800), "Denied")
    assert first.adds_up
    assert second.adds_up


def test_the_claim_adds_up_as_its_lines_do(answered: Claim, bea: Person) -> None:
    money = selectors.claim_money(bea, answered)
    assert money.total.adds_up
    assert money.total.paid == Money.total(line.paid for line in money.lines)
    assert money.total.result == "Denied in part"
    assert (money.payer_owes, money.patient_owes, money.owed) == (Money(9_800), Money(2_000), Money(11_800))


def test_the_journal_runs_from_the_charge_to_what_is_open(answered: Claim, bea: Person) -> None:
    rows = selectors.claim_money(bea, answered).journal
    assert [(row.memo, row.debit, row.credit, row.balance) for row in rows] == [
        ("Charges, 2 lines, version 1", Money(21_800), Money(0), Money(21_800)),
        ("Payment, 835, check 7731904", Money(0), Money(8_000), Money(13_800)),
        ("Contract adjustment, 835, check 7731904", Money(0), Money(2_000), Money(11_800)),
        ("Moved to patient, 835, check 7731904", Money(0), Money(0), Money(11_800)),
    ]


@pytest.mark.parametrize(
    ("cas", "paid", "word"),
    [
        ((("CO", "59", 4_000),), 8_000, "Reduced"),
        ((("PR", "1", 12_000),), 0, "To the patient"),
        ((("CO", "45", 12_000),), 0, "Nothing paid"),
        ((("OA", "23", 12_000),), 0, "Denied"),
    ],
)
def test_the_result_is_one_word(
    cas: tuple[tuple[str, str, int], ...], paid: int, word: str, claim: Claim, bea: Person
) -> None:
    receive(channel_of(claim), check(decision(claim, paid_line(claim, 1, paid, *cas), paid_line(claim, 2, 9_800))))
    assert selectors.claim_money(bea, claim).lines[0].result == word


def test_a_suspended_check_changes_nothing_on_the_claims_page(claim: Claim, bea: Person) -> None:
    lines = paid_line(claim, 1, 12_000), paid_line(claim, 2, 9_800)
    receive(channel_of(claim), check(decision(claim, *lines), amount=1))
    money = selectors.claim_money(bea, claim)
    assert [line.result for line in money.lines] == ["Waits", "Waits"]
    assert len(money.journal) == 1


def test_the_list_of_claims_says_what_is_open(answered: Claim, practice: Organization, bea: Person) -> None:
    held = builders.claim(practice, builders.service("Q3014"))
    rows = {row.row.number: row.owed for row in selectors.claims_with_balance(bea)}
    assert rows == {answered.number: Money(11_800), held.number: Money(0)}


def test_a_check_says_what_of_it_is_posted(claim: Claim, bea: Person) -> None:
    ours = decision(claim, paid_line(claim, 1, 12_000), paid_line(claim, 2, 9_800))
    lines = tuple(replace(line, control_number="X") for line in ours.lines)
    stranger = replace(ours, patient_control_number="OTHER-1", lines=lines)
    receive(channel_of(claim), check(ours, stranger, plb=-100), name="era.edi")
    (row,) = selectors.remittances(bea)
    assert (row.number, row.payer_name, row.state_label, row.claims, row.file_name) == (
        "7731904",
        "Test Payer",
        "Posted",
        2,
        "era.edi",
    )
    assert (row.amount, row.posted, row.not_posted) == (Money(43_700), Money(21_800), Money(21_900))
    (waiting,) = selectors.unmatched(bea)
    assert (waiting.claim_number, waiting.paid, waiting.check_number) == ("OTHER-1", Money(21_800), "7731904")


def test_only_those_who_work_with_claims_see_money(answered: Claim, practice: Organization) -> None:
    coder, stranger = builders.coder(practice), builders.biller(builders.organization())
    for look in (selectors.remittances, selectors.unmatched, lambda p: selectors.claim_money(p, answered)):
        with pytest.raises(Denied):
            look(coder)
    assert selectors.remittances(stranger) == []
    assert selectors.unmatched(stranger) == []
    with pytest.raises(Denied):
        selectors.claim_money(stranger, answered)
