"""TA1, 999 and 277CA move claims; in any order, twice or about unknown numbers they break nothing."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime

import pytest

from charthouse.apps.accounts.models import Organization, Person
from charthouse.apps.billing import answers
from charthouse.apps.billing.actions import rebuild_claim, send_claims
from charthouse.apps.billing.models import Claim, ClaimState
from charthouse.apps.exchange.hooks import X12Received
from charthouse.apps.exchange.models import Channel, InboundFile, OutboundInterchange
from charthouse.apps.exchange.outbox import deliver_due
from charthouse.engines import x12
from tests.apps import builders

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ACCEPTED, REFUSED = x12.ClaimStatus("A2", "20", "PR"), x12.ClaimStatus("A7", "562", "85")


@pytest.fixture
def claim(practice: Organization) -> Claim:
    return builders.claim(practice)


@pytest.fixture
def row(claim: Claim, bea: Person) -> OutboundInterchange:
    (sent,) = send_claims(bea, [str(claim.uid)])
    deliver_due()
    return sent


def take(
    channel: Channel, *bodies: x12.ImplementationAck | x12.ClaimAck, ta1: str = "", status: str = "A"
) -> InboundFile:
    """Hand the answers over as if they had come in a file."""
    file = InboundFile(organization=channel.organization, channel=channel, name="a", size=1, sha256="0" * 64)
    sets = tuple(x12.TransactionSet("999", "0001", body) for body in bodies)
    acks = (x12.InterchangeAck(ta1, AT, status, "000" if status == "A" else "024"),) if ta1 else ()
    party = x12.PartyId("ZZ", "PAYER")
    groups = (x12.Group("FA", "P", "T", 1, "005010X231A1", sets),)
    answers.take(X12Received(channel, file, x12.Interchange(party, party, 1, AT, "T", groups, acks)))
    return file


def ack_999(group: str, status: str = "A", set_control: str = "0001") -> x12.ImplementationAck:
    error = x12.SegmentError("N4", 12, "8", elements=(x12.ElementError(3, "7"),))
    errors = (error,) if status == "R" else ()
    sets = (x12.SetAck("837", set_control, status, errors=errors),)
    return x12.ImplementationAck("HC", group, "005010X222A1", status, 1, 1, int(status != "R"), sets)


def ack_277ca(
    number: str, status: x12.ClaimStatus = ACCEPTED, *, reference: str = "", payer_number: str = "NS88"
) -> x12.ClaimAck:
    report = x12.ClaimStatusReport(number, "OKAFOR", (status,), payer_control_number=payer_number)
    provider = x12.ProviderStatusReport("P", "1234567893", (report,))
    return x12.ClaimAck("R1", AT, "PAYER", "1", "TEST", "2", reference, date(2026, 11, 23), None, (), (provider,))


def state(claim: Claim) -> str:
    claim.refresh_from_db()
    return claim.state


def last_sentence(claim: Claim) -> str:
    event = claim.timeline.last()
    assert event
    return event.sentence


def test_delivery_then_999_then_277ca(claim: Claim, row: OutboundInterchange) -> None:
    assert state(claim) == ClaimState.SENT
    take(row.channel, ack_999("1"))
    assert state(claim) == ClaimState.RECEIVED
    take(row.channel, ack_277ca(claim.number))
    assert state(claim) == ClaimState.ACCEPTED
    assert claim.payer_claim_number == "NS88"
    assert last_sentence(claim) == "The payer has taken the claim into processing as NS88 (277CA accepted)."


def test_a_ta1_that_accepts_is_noted_and_one_that_rejects_moves(claim: Claim, row: OutboundInterchange) -> None:
    take(row.channel, ta1="000000001")
    assert state(claim) == ClaimState.SENT
    assert last_sentence(claim) == "The payer's gateway has taken the file (TA1 accepted)."
    take(row.channel, ta1="000000001", status="R")
    assert state(claim) == ClaimState.REJECTED
    assert last_sentence(claim) == "The payer's gateway refused the file (TA1, note 024)."


@pytest.mark.parametrize(("status", "expected"), [("A", "received"), ("E", "received"), ("R", "rejected")])
def test_a_999_by_its_verdict(status: str, expected: str, claim: Claim, row: OutboundInterchange) -> None:
    take(row.channel, ack_999("1", status))
    assert state(claim) == expected


def test_a_999_that_rejects_says_where(claim: Claim, row: OutboundInterchange) -> None:
    take(row.channel, ack_999("1", "R"))
    assert last_sentence(claim).endswith("(999 rejected): segment 12, N403, error 7.")


def test_a_999_for_the_group_alone_counts(claim: Claim, row: OutboundInterchange) -> None:
    take(row.channel, x12.ImplementationAck("HC", "1", "", "R", 1, 1, 0))
    assert state(claim) == ClaimState.REJECTED


def test_a_277ca_that_refuses_names_its_codes(claim: Claim, row: OutboundInterchange) -> None:
    take(row.channel, ack_277ca(claim.number, REFUSED))
    assert state(claim) == ClaimState.REJECTED
    assert last_sentence(claim) == "The payer refused the claim before processing (277CA A7:562:85)."


def test_a_277ca_that_refuses_the_whole_file(claim: Claim, row: OutboundInterchange) -> None:
    reference = f"{row.channel_id:04d}-{row.interchange_control:09d}"
    whole = x12.ClaimAck("R1", AT, "P", "1", "T", "2", reference, None, None, (REFUSED,), ())
    take(row.channel, whole)
    assert state(claim) == ClaimState.REJECTED


ORDERS = list(itertools.permutations(["delivery", "ta1", "999", "277ca"]))


@pytest.mark.parametrize("order", ORDERS, ids=["-".join(order) for order in ORDERS])
def test_in_any_order_and_twice_the_claim_ends_accepted(order: tuple[str, ...], claim: Claim, bea: Person) -> None:
    (row,) = send_claims(bea, [str(claim.uid)])
    acts = {
        "delivery": deliver_due,
        "ta1": lambda: take(row.channel, ta1="000000001"),
        "999": lambda: take(row.channel, ack_999("1")),
        "277ca": lambda: take(row.channel, ack_277ca(claim.number)),
    }
    for name in (*order, *order):
        acts[name]()
    assert state(claim) == ClaimState.ACCEPTED
    sentences = list(claim.timeline.values_list("sentence", flat=True))
    assert sum("999 accepted" in sentence for sentence in sentences) <= 2
    assert sum("277CA accepted" in sentence for sentence in sentences) <= 2


@pytest.mark.parametrize("group", ["999", "", "abc", "0", "1" * 40, "-1", "１"])
def test_unknown_numbers_are_counted_on_the_file(group: str, claim: Claim, row: OutboundInterchange) -> None:
    assert take(row.channel, ack_999(group)).taken == {"not ours": 1}
    assert take(row.channel, ta1=group or "x").taken == {"not ours": 1}
    assert take(row.channel, ack_277ca("HP26-9999999", reference=group)).taken == {"not ours": 1}
    assert state(claim) == ClaimState.SENT


def test_another_channel_cannot_answer_for_this_one(
    claim: Claim, row: OutboundInterchange, practice: Organization
) -> None:
    for channel in (builders.channel(practice), builders.channel(builders.organization())):
        take(channel, ack_999("1"), ack_277ca(claim.number), ta1="000000001", status="R")
    assert state(claim) == ClaimState.SENT


def test_a_late_answer_about_an_old_version_is_kept_and_moves_nothing(
    claim: Claim, row: OutboundInterchange, bea: Person
) -> None:
    take(row.channel, ack_277ca(claim.number, REFUSED))
    rebuild_claim(bea, claim.uid)
    send_claims(bea, [str(claim.uid)])
    reference = f"{row.channel_id:04d}-{row.interchange_control:09d}"
    take(row.channel, ack_277ca(claim.number, reference=reference))
    assert state(claim) == ClaimState.QUEUED
    assert last_sentence(claim).startswith("About version 1: ")


def test_other_sets_are_left_to_others(claim: Claim, row: OutboundInterchange) -> None:
    body = x12.RawSet((("BHT", "0085"),))
    party = x12.PartyId("ZZ", "PAYER")
    groups = (x12.Group("HN", "P", "T", 1, "005010", (x12.TransactionSet("277", "1", body),)),)
    file = InboundFile(organization=row.channel.organization, name="a", size=1, sha256="0" * 64)
    answers.take(X12Received(row.channel, file, x12.Interchange(party, party, 1, AT, "T", groups)))
    assert (state(claim), file.taken) == (ClaimState.SENT, {})
