"""Worklists: who sees which rows, in which order, with which names."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from charthouse.apps.accounts.models import Organization, Person, Role
from charthouse.apps.core.clock import now, today
from charthouse.apps.core.errors import Denied, Invalid
from charthouse.apps.worklists.models import WorkItem
from charthouse.apps.worklists.selectors import VIEWS, counts, item_of, worklist
from tests.apps import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Organization:
    return builders.organization()


@pytest.fixture
def noor(at: Organization) -> Person:
    return builders.remote_coder(at)


@pytest.fixture
def list_of_four(at: Organization, noor: Person) -> dict[str, WorkItem]:
    """One ready, one of Noor, one of a colleague, one coded by the colleague."""
    kofi = builders.remote_coder(at, "Kofi Abara")
    coded = builders.assigned(builders.encounter(at), kofi)
    coded.state, coded.coded_at = WorkItem.State.CODED, now()
    coded.save()
    return {
        "ready": builders.work_item(builders.encounter(at)),
        "noors": builders.assigned(builders.encounter(at), noor),
        "kofis": builders.assigned(builders.encounter(at), kofi),
        "coded": coded,
    }


def names(person: Person, view: str, items: dict[str, WorkItem]) -> set[str]:
    by_uid = {item.uid: name for name, item in items.items()}
    return {by_uid[row.uid] for row in worklist(person, view)}


def test_a_coder_sees_own_and_ready_work(noor: Person, list_of_four: dict[str, WorkItem]) -> None:
    seen = {view: names(noor, view, list_of_four) for view in VIEWS}
    assert seen == {
        "mine": {"noors"},
        "ready": {"ready"},
        "in-progress": {"noors"},
        "coded": set(),
        "all": {"noors", "ready"},
    }


def test_a_manager_sees_all_of_the_organization(at: Organization, list_of_four: dict[str, WorkItem]) -> None:
    builders.work_item(builders.encounter(builders.organization()))
    manager = builders.person(Role.MANAGER, at=at, remote=False)
    seen = {view: names(manager, view, list_of_four) for view in VIEWS}
    assert seen == {
        "mine": set(),
        "ready": {"ready"},
        "in-progress": {"noors", "kofis"},
        "coded": {"coded"},
        "all": set(list_of_four),
    }


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.BILLER, Role.HR])
def test_others_see_nothing(role: Role, at: Organization, list_of_four: dict[str, WorkItem]) -> None:
    assert worklist(builders.person(role, at=at, remote=False), "all") == []


def test_counts_agree_with_the_lists(at: Organization, noor: Person, list_of_four: dict[str, WorkItem]) -> None:
    for person in (noor, builders.person(Role.MANAGER, at=at, remote=False)):
        numbers = counts(person)
        assert {view: numbers[view] for view in VIEWS} == {view: len(worklist(person, view)) for view in VIEWS}


def test_a_row_says_what_is_needed_to_choose(noor: Person, list_of_four: dict[str, WorkItem]) -> None:
    (row,) = worklist(noor, "mine")
    assert row.patient is not None
    assert row.patient.name == "Okafor, Maren T."
    assert (row.kind, row.title, row.provider) == ("visit", "Office visit", "Lena Varga DO")
    assert (row.is_mine, row.is_late, row.assigned_to) == (True, False, "N. Haddad")
    assert row.encounter_uid == list_of_four["noors"].encounter.uid


def test_a_closed_gate_takes_the_names_out_and_leaves_the_rows(
    at: Organization, noor: Person, list_of_four: dict[str, WorkItem]
) -> None:
    builders.agreement(at, "telecommuting", today())
    rows = worklist(noor, "all")
    assert len(rows) == 2
    assert all(row.patient is None for row in rows)


def test_an_ended_lease_is_ready_again(at: Organization, noor: Person, list_of_four: dict[str, WorkItem]) -> None:
    WorkItem.objects.filter(pk=list_of_four["kofis"].pk).update(lease_until=now() - timedelta(seconds=1))
    assert names(noor, "ready", list_of_four) == {"ready", "kofis"}
    assert names(noor, "in-progress", list_of_four) == {"noors"}


def test_work_past_its_time_is_late_until_it_is_coded(at: Organization, list_of_four: dict[str, WorkItem]) -> None:
    WorkItem.objects.update(due_at=now() - timedelta(hours=1))
    manager = builders.person(Role.MANAGER, at=at, remote=False)
    assert counts(manager)["late"] == 3
    assert {row.state for row in worklist(manager, "all") if not row.is_late} == {"coded"}


def test_lists_are_sorted_as_asked(at: Organization, noor: Person) -> None:
    for priority, day in ((2, 3), (1, 9), (3, 1)):
        builders.work_item(builders.encounter(at, on=date(2026, 11, day)), priority, now() + timedelta(hours=10 - day))
    assert [row.priority for row in worklist(noor, "ready")] == [1, 2, 3]
    assert [row.priority for row in worklist(noor, "ready", sort="-priority")] == [3, 2, 1]
    assert [row.priority for row in worklist(noor, "ready", sort="service")] == [3, 2, 1]
    assert [row.priority for row in worklist(noor, "ready", sort="due")] == [1, 2, 3]


@pytest.mark.parametrize("sort", ["", "id; DROP TABLE", "encounter__patient__mrn", "--due", "due_at"])
def test_only_named_sorts_are_taken(sort: str, noor: Person) -> None:
    with pytest.raises(Invalid):
        worklist(noor, "ready", sort=sort)


def test_only_named_views_are_taken(noor: Person) -> None:
    with pytest.raises(Invalid):
        worklist(noor, "everything")


def test_pages_hold_every_row_once(at: Organization, noor: Person) -> None:
    for _ in range(7):
        builders.work_item(builders.encounter(at))
    pages = [worklist(noor, "ready", limit=3, offset=offset) for offset in (0, 3, 6, 9)]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert len({row.uid for page in pages for row in page}) == 7


def test_a_longer_list_asks_no_more_questions(at: Organization, noor: Person) -> None:
    def questions() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            worklist(noor, "ready")
        return len(asked)

    builders.work_item(builders.encounter(at))
    few = questions()
    for _ in range(10):
        builders.work_item(builders.encounter(at))
    assert questions() == few


def test_the_item_of_an_encounter_is_shown_to_those_who_see_its_row(
    at: Organization, noor: Person, list_of_four: dict[str, WorkItem]
) -> None:
    assert item_of(noor, list_of_four["noors"].encounter) == list_of_four["noors"]
    with pytest.raises(Denied):
        item_of(noor, list_of_four["kofis"].encounter)
