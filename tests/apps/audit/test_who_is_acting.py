"""Who an event is attributed to, what fits into it, and whose events an organization sees."""

from __future__ import annotations

import threading

import pytest

from charthouse.apps.audit.actions import record, seal_pending
from charthouse.apps.audit.context import SYSTEM, Actor, acting_as, current_actor
from charthouse.apps.audit.models import AuditEvent, AuditSeal
from charthouse.apps.audit.selectors import events, verify
from tests.apps import builders

pytestmark = pytest.mark.django_db
NOOR = Actor("p1", "Noor Haddad", "org-1", "192.0.2.7", "digest")


def test_everything_of_the_actor_is_kept() -> None:
    with acting_as(NOOR):
        event = record("charts.chart.opened")
    assert (event.actor, event.actor_label, event.organization, event.address, event.session) == (
        "p1",
        "Noor Haddad",
        "org-1",
        "192.0.2.7",
        "digest",
    )


def test_an_actor_that_is_named_wins_over_the_context() -> None:
    with acting_as(NOOR):
        assert record("charts.chart.opened", actor=SYSTEM).actor == SYSTEM.id


def test_the_context_ends_with_its_block_also_after_an_error() -> None:
    def work() -> None:
        with acting_as(NOOR):
            with acting_as(Actor("p2", "Somebody Else")):
                assert current_actor().id == "p2"
            assert current_actor() == NOOR
            raise RuntimeError

    with pytest.raises(RuntimeError):
        work()
    assert current_actor() == SYSTEM


def test_another_thread_acts_for_itself() -> None:
    seen: list[Actor] = []
    with acting_as(NOOR):
        thread = threading.Thread(target=lambda: seen.append(current_actor()))
        thread.start()
        thread.join()
    assert seen == [SYSTEM]


def test_long_words_are_cut_and_never_stop_the_work() -> None:
    event = record(
        "charts.chart.opened", reason="r" * 900, actor=Actor("p", "l" * 900, address="a" * 900, organization="o")
    )
    event.refresh_from_db()
    assert (len(event.reason), len(event.actor_label), len(event.address)) == (300, 120, 64)


def test_a_row_without_a_uid_is_named_by_its_key() -> None:
    seal_pending()
    record("jobs.job.finished")
    seal_pending()
    seal = AuditSeal.objects.get()
    event = record("audit.seal.looked_at", seal)
    assert (event.object_type, event.object_id) == ("audit.AuditSeal", str(seal.pk))


def test_no_target_is_no_target() -> None:
    event = record("jobs.job.finished")
    assert (event.object_type, event.object_id, event.subject, event.detail) == ("", "", "", {})


@pytest.mark.parametrize("verb", ["a.b", "a.b.c.d", "A.b.c", "a.b.c ", "a..c", "a.b.1", "a-b.c.d", "a.b.c\n"])
def test_a_verb_that_is_none_is_refused_before_anything_is_written(verb: str) -> None:
    with pytest.raises(ValueError, match="not an audit verb"):
        record(verb)
    assert not AuditEvent.objects.exists()


def test_an_organization_sees_its_own_events_and_those_of_the_system() -> None:
    here, there = builders.organization(), builders.organization()
    for owner in (str(here.uid), str(there.uid), ""):
        record("charts.chart.opened", actor=Actor("p", "P", owner))
    assert [event.organization for event in events(organization=str(here.uid))] == ["", str(here.uid)]
    assert events().count() == 3


def test_events_come_newest_first() -> None:
    made = [record("jobs.job.finished").pk for _ in range(3)]
    assert [event.pk for event in events()] == made[::-1]


def test_sealing_seals_each_event_once_and_in_order() -> None:
    made = [record("jobs.job.finished").pk for _ in range(5)]
    assert seal_pending() == 5
    assert seal_pending() == 0
    seals = list(AuditSeal.objects.order_by("seq"))
    assert [seal.event_id for seal in seals] == made
    assert [seal.previous for seal in seals[1:]] == [seal.digest for seal in seals[:-1]]
    assert verify().holds


def test_letters_of_any_script_are_sealed_and_verified() -> None:
    record("charts.chart.opened", reason="Čeština 糖尿病 😀", detail={"label": "naïve — “x”", "n": 1, "none": None})
    seal_pending()
    assert verify().holds
    assert verify().checked == 1
