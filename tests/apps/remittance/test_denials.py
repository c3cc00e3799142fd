"""Denials are worked by people, nearest deadline first; closing one moves no money."""

from __future__ import annotations

from datetime import timedelta

import pytest

from charthouse.apps.accounts.models import Organization, Person, Role
from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.billing.models import Claim
from charthouse.apps.core.clock import today
from charthouse.apps.core.errors import Conflict, Denied, Invalid
from charthouse.apps.remittance import journal, selectors
from charthouse.apps.remittance.actions import assign_denial, close_denial
from charthouse.apps.remittance.models import Account, Denial
from charthouse.kit import Money
from tests.apps import builders
from tests.apps.remittance.checks import channel_of, check, decision, paid_line, receive


@pytest.fixture
def denial(claim: Claim) -> Denial:
    lines = paid_line(claim, 1, 12_000), paid_line(claim, 2, 0, ("CO", "50", 9_800))
    receive(channel_of(claim), check(decision(claim, *lines)))
    return Denial.objects.get()


def test_the_worklist_says_what_why_how_much_and_until_when(denial: Denial, claim: Claim, bea: Person) -> None:
    (row,) = selectors.denials(bea)
    assert (row.claim_number, row.line, row.code, row.reason, row.amount) == (
        claim.number,
        2,
        "J0696",
        "CO-50",
        Money(9_800),
    )
    assert row.days_left == (denial.answer_by - today()).days
    assert (row.coder_name, row.assigned_to, row.is_open) == ("Noor Haddad", "", True)
    assert row.patient


def test_the_nearest_deadline_comes_first(denial: Denial, claim: Claim, bea: Person) -> None:
    second = Denial.objects.create(
        claim=claim,
        remittance_claim=denial.remittance_claim,
        group="CO",
        reason="16",
        amount_cents=1,
        answer_by=today() - timedelta(days=1),
    )
    assert [row.uid for row in selectors.denials(bea)] == [second.uid, denial.uid]
    assert selectors.denial_counts(bea)["late"] == 1


def test_closing_takes_it_off_the_list_and_moves_no_money(denial: Denial, claim: Claim, bea: Person) -> None:
    owed = journal.balance(claim, Account.PAYER_RECEIVABLE)
    close_denial(bea, denial.uid, "Corrected claim sent")
    assert selectors.denials(bea) == []
    assert [row.is_open for row in selectors.denials(bea, "closed")] == [False]
    assert journal.balance(claim, Account.PAYER_RECEIVABLE) == owed
    assert AuditEvent.objects.filter(verb="remittance.denial.closed").count() == 1
    event = claim.timeline.last()
    assert event
    assert event.sentence == "Denial CO-50 closed by Bea Thornquist: Corrected claim sent"


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_closing_needs_a_reason(reason: str, denial: Denial, bea: Person) -> None:
    with pytest.raises(Invalid):
        close_denial(bea, denial.uid, reason)
    denial.refresh_from_db()
    assert denial.state == Denial.State.OPEN


def test_closing_twice_is_a_conflict(denial: Denial, bea: Person) -> None:
    close_denial(bea, denial.uid, "Done")
    with pytest.raises(Conflict):
        close_denial(bea, denial.uid, "Done")


def test_it_can_be_given_to_another_biller_but_not_to_a_coder(
    denial: Denial, practice: Organization, bea: Person
) -> None:
    other = builders.biller(practice, "Ola Quist")
    assign_denial(bea, denial.uid, other)
    assert selectors.denials(bea)[0].assigned_to == "Ola Quist"
    with pytest.raises(Invalid):
        assign_denial(bea, denial.uid, builders.coder(practice))


@pytest.mark.parametrize("uid", ["nonsense", "01975a00-0000-7000-8000-000000000000"])
def test_unknown_denials_are_not_found(uid: str, bea: Person) -> None:
    with pytest.raises(Denied):
        close_denial(bea, uid, "x")


def test_strangers_and_coders_see_and_touch_nothing(denial: Denial, practice: Organization) -> None:
    stranger = builders.biller(builders.organization())
    assert selectors.denials(stranger) == []
    with pytest.raises(Denied):
        selectors.denials(builders.coder(practice))
    for person in (stranger, builders.coder(practice)):
        with pytest.raises(Denied):
            close_denial(person, denial.uid, "x")


def test_where_it_came_from_leads_to_the_code_line_and_its_coder(denial: Denial, bea: Person) -> None:
    found = selectors.origin(bea, denial)
    assert (found.code, found.line, found.diagnoses, found.coder_name) == ("J0696", 2, ("R05",), "Noor Haddad")
    assert (found.check_number, found.reason, found.answer) == ("7731904", "CO-50", "The coder has not answered yet")


def test_while_the_gate_is_closed_names_and_diagnoses_are_kept_back(denial: Denial, practice: Organization) -> None:
    remote = builders.person(Role.BILLER, at=practice)
    assert selectors.denials(remote)[0].patient is None
    assert selectors.origin(remote, denial).diagnoses == ()
