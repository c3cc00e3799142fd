"""Each write about claims is an event about the patient without words of them; each refusal has its code and mend."""

from __future__ import annotations

import pytest

from charthouse.apps.accounts.models import Organization, Person, Role
from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.billing.actions import rebuild_claim, send_claims
from charthouse.apps.billing.models import Claim, ClaimEvent, ClaimState
from charthouse.apps.billing.selectors import claim_for, claims, counts, interchange_bytes
from charthouse.apps.core.errors import Conflict, Denied
from charthouse.apps.exchange.models import OutboundInterchange
from charthouse.apps.practice.models import BillingProfile
from tests.apps import builders


@pytest.fixture
def claim(practice: Organization) -> Claim:
    """A claim that is ready."""
    return builders.claim(practice)


def test_made_checked_again_sent_and_opened_are_four_events(claim: Claim, bea: Person) -> None:
    rebuild_claim(bea, claim.uid)
    send_claims(bea, [claim.uid])
    interchange_bytes(bea, claim.uid)
    events = AuditEvent.objects.filter(verb__startswith="billing.").order_by("id")
    assert [event.verb for event in events] == [
        "billing.claim.made",
        "billing.claim.rebuilt",
        "billing.claim.sent",
        "billing.interchange.opened",
    ]
    row = OutboundInterchange.objects.get()
    version = claim.versions.get()
    built = {"version": 1, "sha256": version.sha256, "state": "ready"}
    details = [built, built, {"interchange": row.interchange_control}, {"interchange": str(row.uid)}]
    assert [event.detail for event in events] == details
    assert {(event.object_type, event.object_id) for event in events} == {("billing.Claim", str(claim.uid))}
    assert {event.subject for event in events} == {str(claim.encounter.patient.uid)}


def test_no_event_and_no_step_names_the_patient(claim: Claim, bea: Person) -> None:
    send_claims(bea, [claim.uid])
    patient = claim.encounter.patient
    told = "".join(f"{event.detail}{event.reason}" for event in AuditEvent.objects.all())
    told += "".join(f"{step.sentence}{step.reference}" for step in ClaimEvent.objects.all())
    for word in (patient.family_name, patient.given_name, patient.mrn, "TM123456", "1959", "TEST WAY"):
        assert word not in told


def test_a_held_claim_does_not_name_the_patient_either(practice: Organization) -> None:
    visit = builders.billable(practice, family_name="岡田")
    held = builders.make_claim(builders.coding_summary(visit, builders.service("G0463", 1)))
    assert held.state == ClaimState.HELD
    told = "".join(step.sentence for step in held.timeline.all())
    told += "".join(f"{event.detail}{event.reason}" for event in AuditEvent.objects.all())
    assert "岡" not in told


@pytest.mark.parametrize("state", [state for state in ClaimState if state not in {ClaimState.READY, ClaimState.HELD}])
def test_what_is_out_says_so_when_sent_again(state: ClaimState, claim: Claim, bea: Person) -> None:
    Claim.objects.update(state=state)
    with pytest.raises(Conflict) as refused:
        send_claims(bea, [claim.uid])
    assert refused.value.code == "billing.claim-not-ready"
    assert refused.value.mend == "Look at the claims again: somebody may have sent it just now."
    assert claim.number in refused.value.message
    assert str(state.label).lower() in refused.value.message
    assert not OutboundInterchange.objects.exists()


@pytest.mark.parametrize(
    "state",
    [state for state in ClaimState if state not in {ClaimState.READY, ClaimState.HELD, ClaimState.REJECTED}],
)
def test_what_has_been_sent_is_not_built_again(state: ClaimState, claim: Claim, bea: Person) -> None:
    Claim.objects.update(state=state)
    events = AuditEvent.objects.count()
    with pytest.raises(Conflict) as refused:
        rebuild_claim(bea, claim.uid)
    assert refused.value.code == "billing.claim-is-out"
    assert refused.value.mend == "What has been sent is never changed."
    assert AuditEvent.objects.count() == events


def test_a_billing_profile_that_has_gone_is_named(claim: Claim, bea: Person) -> None:
    BillingProfile.objects.all().delete()
    with pytest.raises(Conflict) as refused:
        send_claims(bea, [claim.uid])
    assert refused.value.code == "billing.no-billing-profile"
    claim.refresh_from_db()
    assert claim.state == ClaimState.READY


def test_one_claim_that_cannot_be_sent_keeps_the_others_in(practice: Organization, claim: Claim, bea: Person) -> None:
    held = builders.claim(practice, builders.service("Q3014"))
    with pytest.raises(Conflict) as refused:
        send_claims(bea, [claim.uid, held.uid])
    assert held.number in refused.value.message
    claim.refresh_from_db()
    assert claim.state == ClaimState.READY
    assert not OutboundInterchange.objects.exists()
    assert not AuditEvent.objects.filter(verb="billing.claim.sent").exists()


@pytest.mark.parametrize("role", Role)
def test_billers_and_managers_work_claims_and_nobody_else(role: Role, claim: Claim, practice: Organization) -> None:
    person = builders.person(role, at=practice, remote=False)
    if role in {Role.BILLER, Role.MANAGER}:
        assert claim_for(person, claim.uid) == claim
        assert len(send_claims(person, [claim.uid])) == 1
        return
    for attempt in (
        lambda: send_claims(person, [claim.uid]),
        lambda: rebuild_claim(person, claim.uid),
        lambda: claim_for(person, claim.uid),
        lambda: interchange_bytes(person, claim.uid),
        lambda: claims(person),
        lambda: counts(person),
    ):
        with pytest.raises(Denied):
            attempt()


def test_a_biller_here_who_is_a_coder_there_sees_only_here(claim: Claim, bea: Person) -> None:
    there = builders.claim(builders.organization())
    builders.Membership.objects.create(person=bea, organization=there.organization, role=Role.CODER)
    assert [row.uid for row in claims(bea)] == [claim.uid]
    assert counts(bea)["all"] == 1
    with pytest.raises(Denied):
        claim_for(bea, there.uid)


def test_somebody_switched_off_sends_nothing(claim: Claim, bea: Person) -> None:
    bea.is_active = False
    for attempt in (lambda: send_claims(bea, [claim.uid]), lambda: claims(bea)):
        with pytest.raises(Denied):
            attempt()


def test_the_step_of_sending_names_who_and_the_file(claim: Claim, bea: Person) -> None:
    (row,) = send_claims(bea, [claim.uid])
    step = claim.timeline.last()
    assert step
    assert (step.from_state, step.to_state, step.source) == ("ready", "queued", "person")
    assert step.reference == row.file_name
    assert step.sentence == f"Put into the outbox by {bea.full_name}, interchange {row.interchange_control:09d}."
    assert claim.number.encode() in bytes(row.content)
