"""The checks before any chart text: known, own organization, a rule that allows it, and an open gate."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from charthouse.apps.accounts.models import Person
from charthouse.apps.charts.models import Document, Encounter
from charthouse.apps.charts.policies import can_open_chart
from charthouse.apps.core.errors import Denied
from charthouse.apps.program.gate import GateClosed, check


def readable_encounter(person: Person, encounter_uid: UUID | str) -> Encounter:
    """The encounter, if the person may open its chart now. Gives no chart text and so appends no event."""
    return ensure_readable(person, find_encounter(encounter_uid))


def ensure_readable(person: Person, encounter: Encounter | None) -> Encounter:
    """Raise Denied in one and the same way for unknown, foreign and not assigned; GateClosed when the gate is."""
    if encounter is None or not can_open_chart(person, encounter):
        raise not_found()
    decision = check(person, encounter.organization_id, encounter)
    if not decision.open:
        raise GateClosed(decision)
    return encounter


def find_encounter(uid: UUID | str) -> Encounter | None:
    """Look an encounter up by what somebody sent; nonsense finds nothing."""
    known = as_uuid(uid)
    rows = Encounter.objects.select_related("patient", "organization", "facility", "provider")
    return rows.filter(uid=known).first() if known else None


def find_document(uid: UUID | str) -> Document | None:
    """Look a document up by what somebody sent, without its text and attachment."""
    known = as_uuid(uid)
    rows = Document.objects.select_related("patient", "encounter__patient").defer("body", "attachment")
    return rows.filter(uid=known).first() if known else None


def encounter_of(person: Person, document: Document | None, within: Encounter | None = None) -> Encounter | None:
    """The encounter through which the person may read a document; one without an encounter belongs to all of them."""
    if document is None or document.encounter is not None:
        return document.encounter if document else None
    candidates: Iterable[Encounter] = document.patient.encounters.all()
    if within is not None:
        candidates = [within] if within.patient_id == document.patient_id else []
    return next((encounter for encounter in candidates if can_open_chart(person, encounter)), None)


def as_uuid(value: UUID | str) -> UUID | None:
    """Read a uid; None when it is none."""
    try:
        return value if isinstance(value, UUID) else UUID(value)
    except ValueError:
        return None


def not_found() -> Denied:
    """The one answer for a chart that is not there and a chart that is not yours."""
    return Denied("There is no such chart in your worklist.", code="charts.not-found")
