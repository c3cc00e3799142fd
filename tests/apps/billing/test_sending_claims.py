"""Claims go out once: numbers, bytes and states in one transaction, or none of it."""

from __future__ import annotations

import hashlib

import pytest

from charthouse.apps.accounts.models import Organization, Person
from charthouse.apps.billing import actions, content, states
from charthouse.apps.billing.actions import rebuild_claim, send_claims
from charthouse.apps.billing.models import Claim, ClaimState, ClaimVersion
from charthouse.apps.core.errors import Conflict, Denied
from charthouse.apps.exchange.models import ControlNumber, OutboundInterchange
from charthouse.apps.exchange.outbox import deliver_due
from charthouse.apps.practice.models import Payer
from charthouse.engines import x12
from tests.apps import builders
from tests.apps.builders import service


@pytest.fixture
def payer(practice: Organization) -> Payer:
    return builders.payer(practice)


@pytest.fixture
def claims(practice: Organization, payer: Payer) -> list[Claim]:
    return [builders.claim(practice, by=payer) for _ in range(3)]


def uids(claims: list[Claim]) -> list[str]:
    return [str(claim.uid) for claim in claims]


def read(row: OutboundInterchange) -> x12.Interchange:
    (found,) = x12.read_interchanges(row.content)
    assert found.is_clean, found.faults
    return found.interchange


def claims_in(row: OutboundInterchange) -> x12.ProfessionalClaims:
    body = read(row).groups[0].sets[0].body
    assert isinstance(body, x12.ProfessionalClaims)
    return body


def test_claims_of_one_payer_share_one_interchange(bea: Person, claims: list[Claim]) -> None:
    (row,) = send_claims(bea, uids(claims))
    assert [claim.patient_control_number for claim in claims_in(row).claims] == [claim.number for claim in claims]
    assert row.sha256 == hashlib.sha256(row.content).hexdigest()
    assert set(Claim.objects.values_list("state", flat=True)) == {ClaimState.QUEUED}


def test_what_is_sent_is_what_was_checked(bea: Person, claims: list[Claim]) -> None:
    (row,) = send_claims(bea, uids(claims[:1]))
    stored = content.load(claims[0].versions.get().content)
    sent = claims_in(row).claims[0]
    assert sent.total_charge == stored.total_charge
    assert [line.control_number for line in sent.lines] == [line.control_number for line in stored.lines]
    assert sent.subscriber.person.family_name == "OKAFOR"


def test_each_payer_has_its_own_interchange(practice: Organization, bea: Person, claims: list[Claim]) -> None:
    other = builders.claim(practice, by=builders.payer(practice, "Other Payer"))
    rows = send_claims(bea, uids([*claims, other]))
    assert sorted(len(claims_in(row).claims) for row in rows) == [1, 3]
    assert len({row.channel_id for row in rows}) == 2


def test_numbers_never_repeat(bea: Person, claims: list[Claim]) -> None:
    rows = [send_claims(bea, [str(claim.uid)])[0] for claim in claims]
    read_back = [read(row) for row in rows]
    assert len({one.control_number for one in read_back}) == 3
    assert len({one.groups[0].control_number for one in read_back}) == 3
    assert len({one.groups[0].sets[0].control_number for one in read_back}) == 3
    assert len({claims_in(row).reference for row in rows}) == 3
    lines = [line.control_number for row in rows for claim in claims_in(row).claims for line in claim.lines]
    assert len(lines) == len(set(lines)) == 6


def test_a_second_send_is_a_conflict_and_sends_nothing(bea: Person, claims: list[Claim]) -> None:
    send_claims(bea, uids(claims[:1]))
    with pytest.raises(Conflict, match="only a ready claim"):
        send_claims(bea, uids(claims))
    assert OutboundInterchange.objects.count() == 1
    assert Claim.objects.filter(state=ClaimState.READY).count() == 2


def test_naming_a_claim_twice_sends_it_once(bea: Person, claims: list[Claim]) -> None:
    (row,) = send_claims(bea, uids([claims[0], claims[0]]))
    assert len(claims_in(row).claims) == 1


def test_a_claim_read_before_somebody_else_sent_it_is_not_sent_again(
    bea: Person, claims: list[Claim], monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = claims[0]
    stale = Claim.objects.get(pk=claim.pk)
    version = claim.versions.get()
    send_claims(bea, [str(claim.uid)])
    monkeypatch.setattr(actions, "_ready_claim", lambda *_: stale)
    monkeypatch.setattr(actions.versions, "latest", lambda _: version)
    with pytest.raises(Conflict):
        send_claims(bea, [str(claim.uid)])
    assert OutboundInterchange.objects.count() == 1


def test_a_crash_before_the_end_leaves_nothing_behind(
    bea: Person, claims: list[Claim], monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = states.move, []

    def crash_at_the_second(*args: object) -> bool:
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("crash")
        return real(*args)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(states, "move", crash_at_the_second)
        with pytest.raises(RuntimeError):
            send_claims(bea, uids(claims))
    assert not OutboundInterchange.objects.exists()
    assert not ControlNumber.objects.exists()
    assert not ClaimVersion.objects.filter(interchange__isnull=False).exists()
    assert set(Claim.objects.values_list("state", flat=True)) == {ClaimState.READY}
    assert len(send_claims(bea, uids(claims))) == 1


@pytest.mark.parametrize("state", [state for state in ClaimState if state != ClaimState.READY])
def test_only_a_ready_claim_can_be_sent(state: ClaimState, bea: Person, claims: list[Claim]) -> None:
    Claim.objects.update(state=state)
    with pytest.raises(Conflict):
        send_claims(bea, uids(claims))
    assert not OutboundInterchange.objects.exists()


def test_a_fatal_finding_keeps_a_claim_in_whatever_its_state_says(practice: Organization, bea: Person) -> None:
    claim = builders.claim(practice, service("Q3014"))
    Claim.objects.update(state=ClaimState.READY)
    with pytest.raises(Conflict):
        send_claims(bea, uids([claim]))


def test_content_changed_behind_our_back_is_not_sent(bea: Person, claims: list[Claim]) -> None:
    version = claims[0].versions.get()
    version.content = version.content | {"total_charge": 1}
    version.save()
    with pytest.raises(Conflict):
        send_claims(bea, uids(claims[:1]))


def test_a_coder_or_a_strangers_biller_cannot_send(practice: Organization, claims: list[Claim]) -> None:
    for person in (builders.coder(practice), builders.biller(builders.organization())):
        with pytest.raises(Denied):
            send_claims(person, uids(claims))


def test_delivery_makes_it_sent_and_dates_the_version(bea: Person, claims: list[Claim]) -> None:
    send_claims(bea, uids(claims))
    assert deliver_due() == 1
    assert set(Claim.objects.values_list("state", flat=True)) == {ClaimState.SENT}
    assert not ClaimVersion.objects.filter(sent_at__isnull=True).exists()


def test_a_rejected_claim_goes_out_again_as_a_new_version_and_the_old_one_stays(
    bea: Person, claims: list[Claim]
) -> None:
    claim = claims[0]
    (first,) = send_claims(bea, uids([claim]))
    before = claim.versions.get()
    Claim.objects.filter(pk=claim.pk).update(state=ClaimState.REJECTED)
    rebuild_claim(bea, claim.uid)
    (second,) = send_claims(bea, uids([claim]))
    old, new = claim.versions.all()
    assert (old.sha256, old.content, old.interchange) == (before.sha256, before.content, first)
    assert (new.version, new.interchange) == (2, second)
    assert {line.control[-5:] for line in new.lines.all()} == {"-2-01", "-2-02"}
