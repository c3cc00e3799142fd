"""Handing out work: in order, once, under a lease, and only through an open gate."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from charthouse.apps.accounts.models import Organization, Person, Role
from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.charts.selectors import open_chart
from charthouse.apps.core.clock import now, today
from charthouse.apps.core.errors import Conflict, Denied, Invalid
from charthouse.apps.program.gate import GateClosed
from charthouse.apps.worklists.actions import (
    hand_back,
    mark_coded,
    pull_next,
    renew_lease,
    return_ended_leases,
    set_priority,
    take,
)
from charthouse.apps.worklists.leases import LEASE
from charthouse.apps.worklists.models import WorkItem
from tests.apps import builders

pytestmark = pytest.mark.django_db
State = WorkItem.State


@pytest.fixture
def at() -> Organization:
    return builders.organization()


@pytest.fixture
def noor(at: Organization) -> Person:
    return builders.remote_coder(at)


@pytest.fixture
def kofi(at: Organization) -> Person:
    return builders.remote_coder(at, "Kofi Abara")


def ready(at: Organization, priority: int = 2, due_in: int = 48) -> WorkItem:
    return builders.work_item(builders.encounter(at), priority, now() + timedelta(hours=due_in))


def verbs() -> list[str]:
    return list(AuditEvent.objects.filter(verb__startswith="worklists.").values_list("verb", flat=True))


def test_the_first_by_priority_then_due_time_is_handed_out(at: Organization, noor: Person) -> None:
    later, urgent, sooner = ready(at, 2, 48), ready(at, 1, 72), ready(at, 2, 24)
    assert [pull_next(noor).pk for _ in range(3)] == [urgent.pk, sooner.pk, later.pk]


def test_what_is_handed_out_is_theirs_for_two_hours(at: Organization, noor: Person) -> None:
    ready(at)
    item = pull_next(noor)
    assert (item.state, item.assigned_to) == (State.IN_PROGRESS, noor)
    assert item.lease_until is not None
    assert abs(item.lease_until - (now() + LEASE)) < timedelta(minutes=1)
    event = AuditEvent.objects.get(verb="worklists.item.pulled")
    assert event.subject == str(item.encounter.patient.uid)


def test_an_item_is_never_handed_to_two(at: Organization, noor: Person, kofi: Person) -> None:
    ready(at)
    pull_next(noor)
    with pytest.raises(Conflict, match="Nothing is ready"):
        pull_next(kofi)


def test_an_ended_lease_goes_to_the_next(at: Organization, noor: Person, kofi: Person) -> None:
    ready(at)
    pull_next(noor)
    with time_machine.travel(now() + LEASE + timedelta(seconds=1)):
        item = pull_next(kofi)
        assert item.assigned_to == kofi
        for late in (lambda: renew_lease(noor, item.encounter), lambda: mark_coded(noor, item.encounter)):
            with pytest.raises(Conflict):
                late()


def test_work_of_other_organizations_is_not_handed_out(noor: Person) -> None:
    ready(builders.organization())
    with pytest.raises(Conflict, match="Nothing is ready"):
        pull_next(noor)


@pytest.mark.parametrize("role", [Role.BILLER, Role.AUDITOR, Role.COMPLIANCE, Role.HR])
def test_only_coders_pull(role: Role, at: Organization) -> None:
    with pytest.raises(Denied):
        pull_next(builders.person(role, at=at, remote=False))


def test_a_closed_gate_hands_out_nothing_and_says_why(at: Organization, noor: Person) -> None:
    item = ready(at)
    builders.agreement(at, "telecommuting", today())
    for attempt in (lambda: pull_next(noor), lambda: take(noor, item.uid)):
        with pytest.raises(GateClosed) as closed:
            attempt()
        assert closed.value.decision.reasons[0].code == "program.unsigned-telecommuting"
    item.refresh_from_db()
    assert item.state == State.READY


def test_a_gate_closed_in_one_organization_leaves_the_work_of_another(at: Organization, noor: Person) -> None:
    other = builders.organization()
    builders.Membership.objects.create(person=noor, organization=other, role=Role.CODER)
    noor = Person.objects.get(pk=noor.pk)
    ready(other, priority=1)
    own = ready(at)
    assert pull_next(noor).pk == own.pk


def test_taking_one_from_the_list(at: Organization, noor: Person, kofi: Person) -> None:
    first, second = ready(at), ready(at)
    assert take(noor, str(second.uid)).assigned_to == noor
    with pytest.raises(Conflict, match="Somebody else"):
        take(kofi, second.uid)
    assert pull_next(kofi).pk == first.pk


def test_taking_what_one_has_renews_the_lease(at: Organization, noor: Person) -> None:
    item = ready(at)
    take(noor, item.uid)
    with time_machine.travel(now() + timedelta(hours=1)):
        for renewed in (take(noor, item.uid), renew_lease(noor, item.encounter)):
            assert renewed.lease_until is not None
            assert renewed.lease_until > now() + timedelta(minutes=115)


@pytest.mark.parametrize("uid", ["nonsense", "00000000-0000-7000-8000-000000000000"])
def test_an_unknown_item_is_denied(uid: str, noor: Person) -> None:
    with pytest.raises(Denied):
        take(noor, uid)


def test_a_foreign_item_looks_unknown(noor: Person) -> None:
    foreign = ready(builders.organization())
    for attempt in (take, hand_back):
        with pytest.raises(Denied, match="no such chart"):
            attempt(noor, foreign.uid)


def test_handing_back_returns_it_and_closes_the_chart(at: Organization, noor: Person, kofi: Person) -> None:
    item = ready(at)
    builders.document(item.encounter)
    take(noor, item.uid)
    assert open_chart(noor, item.encounter.uid).documents
    assert hand_back(noor, item.uid).state == State.READY
    with pytest.raises(Denied):
        open_chart(noor, item.encounter.uid)
    assert pull_next(kofi).pk == item.pk


def test_a_manager_may_hand_back_for_somebody_and_a_colleague_may_not(
    at: Organization, noor: Person, kofi: Person
) -> None:
    item = ready(at)
    take(noor, item.uid)
    with pytest.raises(Conflict):
        hand_back(kofi, item.uid)
    manager = builders.person(Role.MANAGER, at=at, remote=False)
    assert hand_back(manager, item.uid).assigned_to is None
    with pytest.raises(Conflict):
        hand_back(manager, item.uid)


def test_coded_work_leaves_the_list_for_good(at: Organization, noor: Person, kofi: Person) -> None:
    item = ready(at)
    builders.document(item.encounter)
    take(noor, item.uid)
    coded = mark_coded(noor, item.encounter)
    assert (coded.state, coded.assigned_to, coded.lease_until) == (State.CODED, noor, None)
    assert coded.coded_at is not None
    with pytest.raises(Conflict):
        mark_coded(noor, item.encounter)
    with pytest.raises(Conflict):
        take(kofi, item.uid)
    with pytest.raises(Denied):
        open_chart(noor, item.encounter.uid)


def test_ended_leases_return_to_the_list_and_close_the_chart(at: Organization, noor: Person) -> None:
    item, current = ready(at), ready(at)
    take(noor, item.uid)
    with time_machine.travel(now() + LEASE + timedelta(minutes=1)):
        take(noor, current.uid)
        return_ended_leases()
        return_ended_leases()
        for row in (item, current):
            row.refresh_from_db()
        with pytest.raises(Denied):
            open_chart(noor, item.encounter.uid)
    assert (item.state, item.assigned_to) == (State.READY, None)
    assert current.state == State.IN_PROGRESS
    assert verbs().count("worklists.item.returned") == 1


def test_managers_set_priorities_and_others_do_not(at: Organization, noor: Person) -> None:
    item = ready(at)
    manager = builders.person(Role.MANAGER, at=at, remote=False)
    assert set_priority(manager, item.uid, 1).priority == 1
    with pytest.raises(Denied):
        set_priority(noor, item.uid, 1)
    with pytest.raises(Denied):
        set_priority(builders.person(Role.MANAGER, at=builders.organization(), remote=False), item.uid, 1)
    for priority in (0, 4):
        with pytest.raises(Invalid):
            set_priority(manager, item.uid, priority)


def run_together(work: list[Callable[[], None]]) -> None:
    barrier = threading.Barrier(len(work))

    def run(one: Callable[[], None]) -> None:
        try:
            barrier.wait(timeout=30)
            one()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)


@pytest.mark.django_db(transaction=True)
def test_many_who_pull_at_once_get_different_items() -> None:
    at = builders.organization()
    items = [ready(at) for _ in range(6)]
    coders = [builders.remote_coder(at, f"Coder {number}") for number in range(4)]
    got: list[int] = []
    nothing: list[Person] = []

    def pull_all(person: Person) -> None:
        for _ in items:
            try:
                got.append(pull_next(person).pk)
            except Conflict:
                nothing.append(person)

    run_together([lambda person=person: pull_all(person) for person in coders])  # type: ignore[misc]
    assert sorted(got) == sorted(item.pk for item in items)
    assert len(nothing) == len(coders) * len(items) - len(items)
    assert verbs().count("worklists.item.pulled") == len(items)
