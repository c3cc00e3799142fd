"""Reading worklists: rows, counts, one item. Patients are named only while the gate is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from charthouse.apps.accounts.models import Person
from charthouse.apps.charts.models import Encounter
from charthouse.apps.charts.selectors import PatientHeader, patient_headers
from charthouse.apps.charts.selectors.access import as_uuid
from charthouse.apps.core.clock import now
from charthouse.apps.core.errors import Denied, Invalid
from charthouse.apps.worklists.leases import free
from charthouse.apps.worklists.models import WorkItem
from charthouse.apps.worklists.policies import coding_organizations, managed_organizations

VIEWS = ("mine", "ready", "in-progress", "coded", "all")
SORTS = {
    "priority": ("priority", "due_at", "id"),
    "due": ("due_at", "id"),
    "service": ("encounter__service_to", "id"),
    "kind": ("encounter__kind", "due_at", "id"),
    "state": ("state", "priority", "due_at", "id"),
}
PAGE = 50


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One line of a worklist. `patient` is None while the gate is closed."""

    uid: UUID
    encounter_uid: UUID
    patient: PatientHeader | None
    kind: str
    title: str
    service_from: date | None
    service_to: date | None
    facility: str
    provider: str
    state: str
    assigned_to: str
    is_mine: bool
    priority: int
    codable_at: datetime
    due_at: datetime
    is_late: bool
    lease_until: datetime | None
    coded_at: datetime | None


def worklist(
    person: Person, view: str = "mine", *, sort: str = "priority", limit: int = PAGE, offset: int = 0
) -> list[WorkRow]:
    """One page of a view; a coder sees own and ready work, a manager all work of the organization."""
    if sort.removeprefix("-") not in SORTS:
        raise Invalid("The list cannot be sorted by that.", field="sort", code="worklists.sort")
    columns = SORTS[sort.removeprefix("-")]
    order = [f"-{column}" for column in columns] if sort.startswith("-") else list(columns)
    joined = _visible(person).select_related(
        "encounter__patient", "encounter__facility", "encounter__provider", "assigned_to"
    )
    items = list(joined.filter(_view(person, view)).order_by(*order)[offset : offset + limit])
    headers = patient_headers(person, [item.encounter for item in items])
    at = now()
    return [_row(item, headers.get(item.encounter_id), person, at) for item in items]


def counts(person: Person) -> dict[str, int]:
    """How many items each view holds, and how many are past due."""
    late = Q(due_at__lt=now()) & ~Q(state=WorkItem.State.CODED)
    columns = {view.replace("-", "_"): Count("id", filter=_view(person, view)) for view in VIEWS}
    found = _visible(person).aggregate(**columns, late=Count("id", filter=late))
    return {name.replace("_", "-"): number for name, number in found.items()}


def find_item(uid: UUID | str) -> WorkItem | None:
    """Look an item up by what somebody sent; the caller asks who may have it."""
    known = as_uuid(uid)
    rows = WorkItem.objects.select_related("encounter__patient", "assigned_to")
    return rows.filter(uid=known).first() if known else None


def item_of(person: Person, encounter: Encounter) -> WorkItem:
    """The work item of an encounter the person may see on a worklist."""
    found = _visible(person).select_related("assigned_to").filter(encounter=encounter).first()
    if found is None:
        raise Denied("There is no such chart in your worklist.")
    return found


def _visible(person: Person) -> QuerySet[WorkItem]:
    managed = Q(encounter__organization_id__in=managed_organizations(person))
    coded_for = Q(encounter__organization_id__in=coding_organizations(person))
    return WorkItem.objects.filter(managed | (coded_for & (Q(assigned_to=person) | free(now()))))


def _view(person: Person, view: str) -> Q:
    states = WorkItem.State
    in_hand = Q(state=states.IN_PROGRESS)
    views = {
        "mine": in_hand & Q(assigned_to=person),
        "ready": free(now()),
        "in-progress": in_hand & ~free(now()),
        "coded": Q(state=states.CODED),
        "all": Q(),
    }
    if view not in views:
        raise Invalid("There is no such view.", field="view", code="worklists.view")
    return views[view]


def _row(item: WorkItem, patient: PatientHeader | None, person: Person, at: datetime) -> WorkRow:
    encounter = item.encounter
    return WorkRow(
        uid=item.uid,
        encounter_uid=encounter.uid,
        patient=patient,
        kind=encounter.kind,
        title=encounter.title,
        service_from=encounter.service_from,
        service_to=encounter.service_to,
        facility=encounter.facility.name if encounter.facility else encounter.facility_name,
        provider=str(encounter.provider or encounter.provider_name),
        state=item.state,
        assigned_to=item.assigned_to.short_name if item.assigned_to else "",
        is_mine=item.state == WorkItem.State.IN_PROGRESS and item.assigned_to_id == person.pk,
        priority=item.priority,
        codable_at=item.codable_at,
        due_at=item.due_at,
        is_late=item.state != WorkItem.State.CODED and item.due_at < at,
        lease_until=item.lease_until,
        coded_at=item.coded_at,
    )
