"""A claim moves only along allowed steps; every answer is kept, whatever the order and however often it comes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings, strategies

from charthouse.apps.accounts.models import Organization
from charthouse.apps.billing.models import Claim, ClaimEvent, ClaimState
from charthouse.apps.billing.states import EDGES, allows, move, note
from tests.apps import builders

S = ClaimState
ADJUDICATED = {S.PAID, S.PARTLY_PAID, S.DENIED}
# How far a claim has come; answers from outside never take it back.
RANK = {S.HELD: 0, S.READY: 0, S.QUEUED: 1, S.SENT: 2, S.RECEIVED: 3, S.ACCEPTED: 4, S.REJECTED: 5} | dict.fromkeys(
    ADJUDICATED, 6
)
ANSWERS = ("delivery", "TA1", "999", "277CA", "835")


@pytest.fixture
def claim(practice: Organization) -> Claim:
    return builders.claim(practice)


@pytest.mark.parametrize(
    ("source", "before", "after"),
    [
        ("person", S.READY, S.QUEUED),
        ("delivery", S.QUEUED, S.SENT),
        ("999", S.SENT, S.RECEIVED),
        ("277CA", S.RECEIVED, S.ACCEPTED),
        ("835", S.ACCEPTED, S.PAID),
        ("835", S.SENT, S.PAID),
        ("277CA", S.SENT, S.ACCEPTED),
        ("999", S.QUEUED, S.RECEIVED),
        ("TA1", S.SENT, S.REJECTED),
        ("person", S.REJECTED, S.READY),
        ("835", S.DENIED, S.PAID),
    ],
)
def test_the_allowed_steps(source: str, before: ClaimState, after: ClaimState) -> None:
    assert allows(source, before, after)


@pytest.mark.parametrize(
    ("source", "before", "after"),
    [
        ("999", S.ACCEPTED, S.RECEIVED),
        ("999", S.PAID, S.REJECTED),
        ("277CA", S.PAID, S.ACCEPTED),
        ("277CA", S.REJECTED, S.ACCEPTED),
        ("delivery", S.RECEIVED, S.SENT),
        ("person", S.SENT, S.READY),
        ("person", S.HELD, S.QUEUED),
        ("person", S.ACCEPTED, S.PAID),
        ("835", S.READY, S.PAID),
        ("nobody", S.READY, S.QUEUED),
    ],
)
def test_steps_that_are_not_allowed(source: str, before: ClaimState, after: ClaimState) -> None:
    assert not allows(source, before, after)


def test_no_answer_takes_a_claim_back() -> None:
    for source in ANSWERS:
        assert all(RANK[after] >= RANK[before] for before, after in EDGES[source])


def test_only_a_person_takes_up_what_was_rejected_and_only_from_there() -> None:
    back = {(source, before) for source in EDGES for before, after in EDGES[source] if RANK[after] < RANK[before]}
    assert back == {("person", S.REJECTED)}


def test_nothing_leaves_a_held_claim_but_a_person() -> None:
    assert {source for source in EDGES for before, _ in EDGES[source] if before == S.HELD} == {"person"}


def test_a_step_is_told_on_the_time_line(claim: Claim) -> None:
    assert move(claim, S.QUEUED, "person", "a.edi", "Put into the outbox.")
    claim.refresh_from_db()
    event = claim.timeline.last()
    assert claim.state == S.QUEUED
    assert event
    assert (event.from_state, event.to_state, event.source, event.sentence) == (
        "ready",
        "queued",
        "person",
        "Put into the outbox.",
    )


def test_an_answer_that_moves_nothing_is_kept_once(claim: Claim) -> None:
    for _ in range(3):
        assert not move(claim, S.RECEIVED, "999", "GS06 1", "Read.")
    claim.refresh_from_db()
    assert claim.state == S.READY
    assert claim.timeline.filter(source="999", from_state="ready", to_state="ready").count() == 1


def test_a_stale_copy_of_a_claim_cannot_move_it(claim: Claim) -> None:
    stale = Claim.objects.get(pk=claim.pk)
    assert move(claim, S.QUEUED, "person", "1", "First.")
    assert not move(stale, S.QUEUED, "person", "2", "Second.")
    assert ClaimEvent.objects.filter(claim=claim, to_state=S.QUEUED, from_state=S.READY).count() == 1


def test_long_sentences_are_cut_and_not_refused(claim: Claim) -> None:
    note(claim, "999", "x" * 100, "y" * 500)
    event = claim.timeline.last()
    assert event
    assert (len(event.reference), len(event.sentence)) == (60, 200)


STEPS = strategies.lists(
    strategies.tuples(strategies.sampled_from(sorted(EDGES)), strategies.sampled_from(list(ClaimState))), max_size=15
)


@given(steps=STEPS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_answers_walks_only_along_the_edges(steps: list[tuple[str, ClaimState]], claim: Claim) -> None:
    Claim.objects.filter(pk=claim.pk).update(state=S.READY)
    claim.timeline.all().delete()
    for number, (source, to) in enumerate(steps):
        move(claim, to, source, str(number), f"Step {number}.")
    claim.refresh_from_db()
    state = S.READY
    for event in claim.timeline.all():
        assert event.from_state == state
        if event.from_state != event.to_state:
            assert allows(event.source, ClaimState(event.from_state), ClaimState(event.to_state))
        state = ClaimState(event.to_state)
    assert state == claim.state
