"""Lists and pages show a biller their own organization's claims, and patients only while the gate is open."""

from __future__ import annotations

import pytest

from charthouse.apps.accounts.models import Organization, Person, Role
from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.billing import selectors
from charthouse.apps.billing.actions import send_claims
from charthouse.apps.billing.models import Claim, ClaimState
from charthouse.apps.core.errors import Denied
from charthouse.apps.program.gate import GateClosed
from charthouse.kit import Money
from tests.apps import builders
from tests.apps.builders import service


@pytest.fixture
def claim(practice: Organization) -> Claim:
    return builders.claim(practice)


@pytest.fixture
def remote_biller(practice: Organization) -> Person:
    return builders.person(Role.BILLER, at=practice)


def test_a_row_says_what_a_biller_needs(claim: Claim, bea: Person) -> None:
    (row,) = selectors.claims(bea)
    assert (row.number, row.payer_name, row.billed, row.state_label) == (
        claim.number,
        "Test Payer",
        Money(21_800),
        "Ready to send",
    )
    assert row.patient
    assert row.patient.name == "Okafor, Maren T."


def test_views_part_claims_by_what_is_to_do(claim: Claim, practice: Organization, bea: Person) -> None:
    held = builders.claim(practice, service("Q3014"))
    assert [row.number for row in selectors.claims(bea, "to-send")] == [claim.number]
    assert [row.number for row in selectors.claims(bea, "to-mend")] == [held.number]
    assert [row.number for row in selectors.claims(bea, "all")] == [held.number, claim.number]
    assert selectors.counts(bea) == {"to-send": 1, "to-mend": 1, "out": 0, "answered": 0, "all": 2}


def test_every_state_has_a_view() -> None:
    shown = {state for view, states in selectors.VIEWS.items() if view != "all" for state in states}
    assert shown == set(ClaimState)


def test_the_page_tells_lines_diagnoses_and_steps(claim: Claim, bea: Person) -> None:
    page = selectors.claim_page(bea, claim.uid)
    assert page.diagnoses == ("E11.22", "R05")
    assert [(line.code, line.diagnoses, line.charge) for line in page.lines] == [
        ("G0463", ("E11.22",), Money(12_000)),
        ("J0696", ("R05",), Money(9_800)),
    ]
    assert [(step.source, step.moved) for step in page.steps] == [("coding", True)]
    assert (page.can_be_sent, page.can_be_built_again, page.coder_name) == (True, True, "Noor Haddad")


def test_while_the_gate_is_closed_nobody_is_named(claim: Claim, remote_biller: Person) -> None:
    (row,) = selectors.claims(remote_biller)
    page = selectors.claim_page(remote_biller, claim.uid)
    assert row.patient is None
    assert (page.row.patient, page.diagnoses, page.lines[0].diagnoses) == (None, (), ())


def test_signing_opens_the_names(claim: Claim, practice: Organization, remote_biller: Person) -> None:
    builders.open_gate(remote_biller, practice)
    assert selectors.claims(remote_biller)[0].patient is not None


@pytest.mark.parametrize("role", [Role.CODER, Role.AUDITOR, Role.IT_ADMIN, Role.HR, Role.PROVIDER, Role.COMPLIANCE])
def test_other_roles_see_no_claims(role: Role, claim: Claim, practice: Organization) -> None:
    person = builders.person(role, at=practice, remote=False)
    for look in (selectors.claims, selectors.counts, lambda p: selectors.claim_page(p, claim.uid)):
        with pytest.raises(Denied):
            look(person)


def test_a_strangers_biller_sees_none_of_ours(claim: Claim) -> None:
    stranger = builders.biller(builders.organization())
    assert selectors.claims(stranger) == []
    with pytest.raises(Denied):
        selectors.claim_page(stranger, claim.uid)
    with pytest.raises(Denied):
        selectors.interchange_bytes(stranger, claim.uid)


@pytest.mark.parametrize("uid", ["", "x", "01975a00-0000-7000-8000-000000000000"])
def test_unknown_and_nonsense_are_not_found(uid: str, bea: Person) -> None:
    with pytest.raises(Denied):
        selectors.claim_page(bea, uid)


def test_the_bytes_as_sent_are_given_and_recorded(claim: Claim, bea: Person) -> None:
    with pytest.raises(Denied):
        selectors.interchange_bytes(bea, claim.uid)
    (row,) = send_claims(bea, [str(claim.uid)])
    assert selectors.interchange_bytes(bea, claim.uid).content == row.content
    event = AuditEvent.objects.get(verb="billing.interchange.opened")
    assert event.subject == str(claim.encounter.patient.uid)


def test_the_bytes_are_kept_back_while_the_gate_is_closed(claim: Claim, bea: Person, remote_biller: Person) -> None:
    send_claims(bea, [str(claim.uid)])
    with pytest.raises(GateClosed):
        selectors.interchange_bytes(remote_biller, claim.uid)


def test_a_list_of_many_claims_asks_the_database_a_fixed_number_of_times(
    practice: Organization, bea: Person, django_assert_max_num_queries: object
) -> None:
    for _ in range(6):
        builders.claim(practice)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert len(selectors.claims(bea)) == 6
