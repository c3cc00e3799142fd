"""The gate: open or closed, why, and how to mend it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from charthouse.apps.accounts.models import Membership, Organization, Person, Role
from charthouse.apps.core.clock import today
from charthouse.apps.program.gate import Decision, Done, GateClosed, check
from tests.apps import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Organization:
    return builders.organization("Harbor Point Health")


@pytest.fixture
def noor(at: Organization) -> Person:
    return builders.person(Role.CODER, at=at, name="Noor Haddad")


def codes(decision: Decision) -> list[str]:
    return [reason.code for reason in decision.reasons]


def test_signing_both_agreements_opens_it(at: Organization, noor: Person) -> None:
    builders.open_gate(noor, at)
    decision = check(noor, at.pk)
    assert decision.open
    assert decision.reasons == ()
    assert decision.done == (
        Done("Telecommuting agreement, version 1", today()),
        Done("Confidentiality agreement, version 1", today()),
    )


@pytest.mark.parametrize("missing", ["telecommuting", "confidentiality"])
def test_one_missing_signature_keeps_it_closed(missing: str, at: Organization, noor: Person) -> None:
    for kind in ("telecommuting", "confidentiality"):
        text = builders.agreement(at, kind)
        if kind != missing:
            builders.signature(noor, text)
    decision = check(noor, at.pk)
    assert not decision.open
    assert codes(decision) == [f"program.unsigned-{missing}"]
    assert len(decision.done) == 1


def test_a_reason_says_what_why_by_which_rule_and_how_to_mend_it(at: Organization, noor: Person) -> None:
    builders.open_gate(noor, at)
    builders.agreement(at, "confidentiality", date(2026, 11, 16))
    (reason,) = check(noor, at.pk).reasons
    assert reason.title == "Sign the confidentiality agreement"
    assert reason.why == "Version 2 took effect on 16 Nov 2026. Your signature is on version 1."
    assert reason.rule == "No signature, no chart."
    assert (reason.mend_label, reason.mend_route, reason.mend_args) == (
        "Read and sign",
        "program:agreement",
        ("confidentiality",),
    )
    assert reason.minutes >= 1
    assert reason.who


def test_a_new_version_closes_it_until_it_is_signed(at: Organization, noor: Person) -> None:
    builders.open_gate(noor, at)
    newer = builders.agreement(at, "telecommuting", today())
    assert not check(noor, at.pk).open
    builders.signature(noor, newer)
    assert check(noor, at.pk).open


def test_a_version_of_tomorrow_changes_nothing_today(at: Organization, noor: Person) -> None:
    builders.open_gate(noor, at)
    builders.agreement(at, "telecommuting", today() + timedelta(days=1))
    assert check(noor, at.pk).open


def test_without_a_published_text_it_stays_closed(at: Organization, noor: Person) -> None:
    decision = check(noor, at.pk)
    assert codes(decision) == ["program.unpublished-telecommuting", "program.unpublished-confidentiality"]
    assert "Harbor Point Health" in decision.reasons[0].why


def test_people_on_site_are_not_asked_for_agreements(at: Organization) -> None:
    assert check(builders.person(Role.CODER, at=at, remote=False), at.pk).open


def test_somebody_switched_off_is_stopped_in_a_running_session(at: Organization, noor: Person) -> None:
    builders.open_gate(noor, at)
    Person.objects.filter(pk=noor.pk).update(is_active=False)
    assert noor.is_active  # what the session still holds
    assert codes(check(noor, at.pk)) == ["program.inactive"]


def test_signatures_count_for_the_organization_they_were_given_to(at: Organization, noor: Person) -> None:
    builders.open_gate(noor, at)
    other = builders.organization()
    assert codes(check(noor, other.pk)) == ["program.no-role"]
    Membership.objects.create(person=noor, organization=other, role=Role.CODER)
    noor = Person.objects.get(pk=noor.pk)
    assert not check(noor, other.pk).open
    assert check(noor, at.pk).open


def test_the_organization_of_the_chart_decides(at: Organization, noor: Person) -> None:
    builders.open_gate(noor, at)
    foreign = builders.encounter(builders.organization())
    assert not check(noor, at.pk, foreign).open


def test_nobody_else_signs_for_me(at: Organization, noor: Person) -> None:
    builders.open_gate(noor, at)
    assert not check(builders.person(Role.CODER, at=at), at.pk).open


def test_a_closed_gate_carries_its_decision(at: Organization, noor: Person) -> None:
    builders.agreement(at, "telecommuting")
    builders.agreement(at, "confidentiality")
    decision = check(noor, at.pk)
    closed = GateClosed(decision)
    assert closed.decision is decision
    assert "Sign the telecommuting agreement" in closed.message
    assert closed.mend == "Read and sign"
