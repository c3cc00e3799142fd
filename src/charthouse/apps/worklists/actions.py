"""Handing out work: each item to one person at a time, under a lease that gives it back by itself."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from charthouse.apps.accounts.models import Person
from charthouse.apps.audit.actions import record
from charthouse.apps.charts.hooks import EncounterStored
from charthouse.apps.charts.models import Encounter
from charthouse.apps.charts.selectors import is_codable
from charthouse.apps.core.clock import now
from charthouse.apps.core.errors import Conflict, Denied, Invalid
from charthouse.apps.program.gate import Decision, GateClosed, check
from charthouse.apps.worklists.leases import LEASE, claim, free, in_order
from charthouse.apps.worklists.models import WorkItem
from charthouse.apps.worklists.policies import can_manage, coding_organizations
from charthouse.apps.worklists.selectors import find_item

TIME_TO_CODE = timedelta(days=2)
PRIORITIES = (1, 2, 3)
_CANDIDATES = 20


def add_work(event: EncounterStored) -> None:
    """Put an encounter on the worklist once it can be coded; later files about it change nothing here."""
    encounter = event.encounter
    if WorkItem.objects.filter(encounter=encounter).exists() or not is_codable(encounter):
        return
    at = now()
    item = WorkItem.objects.create(encounter=encounter, codable_at=at, due_at=at + TIME_TO_CODE)
    record("worklists.item.added", item)


@transaction.atomic
def pull_next(person: Person) -> WorkItem:
    """Hand out the item to code first; GateClosed when no gate is open, Conflict when nothing is ready."""
    open_to = _open_organizations(person)
    ready = in_order(WorkItem.objects.filter(free(now()), encounter__organization_id__in=open_to))
    # Others may take the first ones in the same moment: try a few, then look again from the top.
    while candidates := list(ready.values_list("id", flat=True)[:_CANDIDATES]):
        for item_id in candidates:
            if claim(person, item_id):
                return _taken(item_id, "worklists.item.pulled")
    raise Conflict("Nothing is ready to code.", code="worklists.empty", mend="New charts appear when they come in.")


@transaction.atomic
def take(person: Person, uid: UUID | str) -> WorkItem:
    """Take one item from the list; taking what one has already renews the lease."""
    item = _item_for(person, uid)
    _ensure_open(person, item.encounter)
    if _is_in_hand(item, person):
        return _renewed(item)
    if not claim(person, item.pk):
        raise Conflict("Somebody else has this chart, or it is coded.", code="worklists.taken")
    return _taken(item.pk, "worklists.item.taken")


@transaction.atomic
def hand_back(person: Person, uid: UUID | str) -> WorkItem:
    """Give an item back to the list: one's own, or anybody's for a manager."""
    item = _item_for(person, uid)
    if not (_is_in_hand(item, person) or can_manage(person, item)):
        raise Conflict("You do not have this chart.", code="worklists.not-yours")
    if item.state != WorkItem.State.IN_PROGRESS:
        raise Conflict("Nobody has this chart.", code="worklists.not-in-progress")
    _return(item)
    record("worklists.item.handed_back", item)
    return item


@transaction.atomic
def renew_lease(person: Person, encounter: Encounter) -> WorkItem:
    """Keep an item in hand for two more hours; Conflict once somebody else has it or it is coded."""
    item = WorkItem.objects.select_for_update().filter(encounter=encounter).first()
    if item is None or not _is_in_hand(item, person):
        raise Conflict("You no longer have this chart.", code="worklists.not-yours", mend="Take it again.")
    return _renewed(item)


@transaction.atomic
def mark_coded(person: Person, encounter: Encounter) -> WorkItem:
    """Note that the person has coded the encounter; it leaves the list and the chart closes for them."""
    at = now()
    in_hand = WorkItem.objects.filter(encounter=encounter, assigned_to=person, state=WorkItem.State.IN_PROGRESS)
    if not in_hand.update(state=WorkItem.State.CODED, lease_until=None, coded_at=at):
        raise Conflict("You do not have this chart.", code="worklists.not-yours")
    item = WorkItem.objects.get(encounter=encounter)
    record("worklists.item.coded", item)
    return item


@transaction.atomic
def set_priority(person: Person, uid: UUID | str, priority: int) -> WorkItem:
    """Say what is to be coded first (1) or last (3); managers only."""
    item = _item_for(person, uid)
    if not can_manage(person, item):
        raise Denied("Only a manager sets priorities.")
    if priority not in PRIORITIES:
        raise Invalid("A priority is 1, 2 or 3.", field="priority", code="worklists.priority")
    item.priority = priority
    item.save(update_fields=["priority"])
    record("worklists.item.prioritised", item, detail={"priority": priority})
    return item


def return_ended_leases() -> None:
    """Put every item whose lease has ended back on the list; charts close for those who had them."""
    ended = free(now())
    for item in WorkItem.objects.filter(ended, state=WorkItem.State.IN_PROGRESS):
        with transaction.atomic():
            still = WorkItem.objects.filter(free(now()), pk=item.pk, state=WorkItem.State.IN_PROGRESS)
            if still.update(state=WorkItem.State.READY, assigned_to=None, lease_until=None):
                record("worklists.item.returned", item)


def _open_organizations(person: Person) -> list[int]:
    own = coding_organizations(person)
    if not own:
        raise Denied("Only coders pull work.")
    decisions: dict[int, Decision] = {owner: check(person, owner) for owner in sorted(own)}
    open_to = [owner for owner, decision in decisions.items() if decision.open]
    if not open_to:
        raise GateClosed(next(iter(decisions.values())))
    return open_to


def _ensure_open(person: Person, encounter: Encounter) -> None:
    decision = check(person, encounter.organization_id, encounter)
    if not decision.open:
        raise GateClosed(decision)


def _item_for(person: Person, uid: UUID | str) -> WorkItem:
    item = find_item(uid)
    if item is None or item.encounter.organization_id not in coding_organizations(person):
        raise Denied("There is no such chart in your worklist.")
    return item


def _is_in_hand(item: WorkItem, person: Person) -> bool:
    return item.state == WorkItem.State.IN_PROGRESS and item.assigned_to_id == person.pk


def _renewed(item: WorkItem) -> WorkItem:
    item.lease_until = now() + LEASE
    item.save(update_fields=["lease_until"])
    return item


def _return(item: WorkItem) -> None:
    item.state, item.assigned_to, item.lease_until = WorkItem.State.READY, None, None
    item.save(update_fields=["state", "assigned_to", "lease_until"])


def _taken(item_id: int, verb: str) -> WorkItem:
    item = WorkItem.objects.select_related("encounter__patient", "encounter__organization").get(pk=item_id)
    record(verb, item, subject=str(item.encounter.patient.uid))
    return item
