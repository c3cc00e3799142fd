"""Only the coder who has the chart in hand changes its coding, and nobody once it is final."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from charthouse.apps.accounts.models import Role
from charthouse.apps.charts.models import Encounter
from charthouse.apps.coding import actions
from charthouse.apps.coding.models import CodingSession, CodingSummary
from charthouse.apps.coding.selectors import latest_summary, session_view, summary
from charthouse.apps.core.clock import now
from charthouse.apps.core.errors import Conflict, Denied
from charthouse.apps.program.gate import GateClosed
from charthouse.apps.worklists.models import WorkItem
from tests.apps import builders
from tests.apps.coding.desk import Desk

Attempt = Callable[[Desk], object]


@pytest.fixture
def coded(desk: Desk) -> Desk:
    """A clean visit with evidence, not yet final."""
    desk.add("E11.22", "N18.31", "G0463")
    actions.attach_evidence(desk.coder, desk.view().diagnoses[0].uid, desk.passage("diabetes"))
    return desk


EVERY_CHANGE: dict[str, Attempt] = {
    "enter": lambda desk: desk.add("I10"),
    "add diagnosis": lambda desk: actions.add_diagnosis(desk.coder, desk.session.uid, "I10"),
    "add procedure": lambda desk: actions.add_procedure(desk.coder, desk.session.uid, "J1885"),
    "replace": lambda desk: actions.replace_diagnosis(desk.coder, _dx(desk), "I10"),
    "remove diagnosis": lambda desk: actions.remove_diagnosis(desk.coder, _dx(desk)),
    "move": lambda desk: actions.move_diagnosis(desk.coder, _dx(desk), 2),
    "poa": lambda desk: actions.set_poa(desk.coder, _dx(desk), "Y"),
    "change procedure": lambda desk: actions.change_procedure(desk.coder, _px(desk), units=2),
    "point": lambda desk: actions.set_pointers(desk.coder, _px(desk), [2]),
    "remove procedure": lambda desk: actions.remove_procedure(desk.coder, _px(desk)),
    "attach evidence": lambda desk: actions.attach_evidence(desk.coder, _dx(desk), desk.passage("stage 3a")),
    "remove evidence": lambda desk: actions.remove_evidence(desk.coder, desk.session.evidence.get().uid),
    "mend": lambda desk: actions.apply_mend(desk.coder, desk.session.uid, "0" * 16),
    "undo": lambda desk: actions.undo(desk.coder, desk.session.uid),
    "finalise": lambda desk: actions.finalise(desk.coder, desk.session.uid, desk.session.revision),
}


def test_the_list_of_changes_is_complete() -> None:
    assert len(EVERY_CHANGE) == len(actions.__all__) - len({"Passage", "open_session"})


@pytest.mark.parametrize("attempt", EVERY_CHANGE.values(), ids=EVERY_CHANGE.keys())
def test_final_coding_is_never_changed(coded: Desk, attempt: Attempt) -> None:
    made = actions.finalise(coded.coder, coded.session.uid, 4)
    before = coded.view()
    with pytest.raises(Conflict, match="already final since"):
        attempt(coded)
    assert coded.view() == before
    assert CodingSummary.objects.get() == made


@pytest.mark.parametrize("attempt", EVERY_CHANGE.values(), ids=EVERY_CHANGE.keys())
def test_nobody_else_changes_it(coded: Desk, attempt: Attempt) -> None:
    owner, coded.coder = coded.coder, builders.coder(coded.organization, "Sam Other")
    with pytest.raises(Denied):
        attempt(coded)
    coded.coder = owner
    assert coded.view().revision == 4


@pytest.mark.parametrize("attempt", EVERY_CHANGE.values(), ids=EVERY_CHANGE.keys())
def test_a_chart_given_to_another_is_closed(coded: Desk, attempt: Attempt) -> None:
    WorkItem.objects.update(assigned_to=builders.coder(coded.organization))
    with pytest.raises(Denied):
        attempt(coded)
    with pytest.raises(Denied):
        coded.view()


def test_an_ended_lease_stops_changes_until_the_chart_is_opened_again(coded: Desk) -> None:
    WorkItem.objects.update(lease_until=now() - timedelta(minutes=1))
    with pytest.raises(Conflict) as refused:
        coded.add("I10")
    assert refused.value.code == "coding.lease-ended"
    assert actions.open_session(coded.coder, coded.encounter.uid) == coded.session
    coded.add("I10")
    assert len(coded.view().diagnoses) == 3


def test_every_change_renews_the_lease(coded: Desk) -> None:
    soon = now() + timedelta(minutes=5)
    WorkItem.objects.update(lease_until=soon)
    coded.add("I10")
    until = WorkItem.objects.get().lease_until
    assert until
    assert until > soon


def test_a_remote_coder_without_signatures_does_not_get_in(coded: Desk) -> None:
    coded.coder.is_remote = True
    coded.coder.save()
    for attempt in (
        lambda: actions.open_session(coded.coder, coded.encounter.uid),
        lambda: coded.add("I10"),
        coded.view,
    ):
        with pytest.raises(GateClosed):
            attempt()


def test_only_a_chart_in_hand_can_be_opened(desk: Desk) -> None:
    other = builders.encounter(desk.organization)
    for uid in (other.uid, uuid4()):
        with pytest.raises(Denied):
            actions.open_session(desk.coder, uid)
    with pytest.raises(Denied):
        session_view(desk.coder, uuid4())


def test_opening_twice_goes_on_with_the_same_session(desk: Desk) -> None:
    desk.add("E11.22")
    assert actions.open_session(desk.coder, desk.encounter.uid).pk == desk.session.pk
    assert CodingSession.objects.count() == 1


def test_final_coding_is_not_opened_again(coded: Desk) -> None:
    actions.finalise(coded.coder, coded.session.uid, 4)
    with pytest.raises(Conflict, match="already final since"):
        actions.open_session(coded.coder, coded.encounter.uid)


def test_the_next_coder_takes_the_work_over_but_not_the_undo(coded: Desk) -> None:
    follower = builders.coder(coded.organization, "Sam Other")
    WorkItem.objects.update(assigned_to=follower)
    session = actions.open_session(follower, coded.encounter.uid)
    assert session.pk == coded.session.pk
    view = session_view(follower, session.uid)
    assert len(view.diagnoses) == 2
    assert view.undo_label == ""
    with pytest.raises(Denied):
        coded.view()


def test_somebody_switched_off_cannot_go_on(coded: Desk) -> None:
    coded.coder.is_active = False
    coded.coder.save()
    with pytest.raises(Denied):
        coded.add("I10")


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.MANAGER, True),
        (Role.AUDITOR, True),
        (Role.BILLER, True),
        (Role.CODER, False),
        (Role.HR, False),
        (Role.IT_ADMIN, False),
    ],
)
def test_summaries_are_seen_by_those_who_work_with_them(coded: Desk, role: Role, may: bool) -> None:
    made = actions.finalise(coded.coder, coded.session.uid, 4)
    reader = builders.person(role, at=coded.organization, remote=False)
    stranger = builders.person(role, remote=False)
    for person, allowed in ((reader, may), (stranger, False)):
        if allowed:
            assert summary(person, made.uid).summary == made
        else:
            for attempt in (
                lambda who=person: summary(who, made.uid),
                lambda who=person: latest_summary(who, coded.encounter.uid),
            ):
                with pytest.raises(Denied):
                    attempt()


def test_a_summary_that_was_changed_in_the_database_is_noticed(coded: Desk) -> None:
    made = actions.finalise(coded.coder, coded.session.uid, 4)
    made.content["diagnoses"][0]["code"] = "I10"
    made.save()
    assert not summary(coded.coder, made.uid).is_intact


def test_an_encounter_without_dates_takes_no_procedure_and_is_never_final(desk: Desk) -> None:
    Encounter.objects.update(service_from=None, service_to=None)
    desk.add("E11.22")
    assert desk.finding("coding.no-service-date").stops
    with pytest.raises(Exception, match="no date of service"):
        desk.add("G0463")


def _dx(desk: Desk) -> UUID:
    return desk.session.diagnoses.all()[0].uid


def _px(desk: Desk) -> UUID:
    return desk.session.procedures.all()[0].uid
