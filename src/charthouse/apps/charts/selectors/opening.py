"""The only way to a chart: policy, then gate, then the audit event, then the text. Without the event, no chart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from charthouse.apps.accounts.models import Person
from charthouse.apps.audit.actions import record
from charthouse.apps.audit.context import Actor, current_actor
from charthouse.apps.charts.actions.seen import note_seen
from charthouse.apps.charts.models import Encounter
from charthouse.apps.charts.selectors.access import (
    as_uuid,
    encounter_of,
    ensure_readable,
    find_document,
    find_encounter,
    not_found,
)
from charthouse.apps.charts.selectors.reading import OpenChart, documents_of, read_chart
from charthouse.apps.core.errors import Denied
from charthouse.apps.program.gate import GateClosed

Opened = TypeVar("Opened")


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attached file: its media type as the sender named it, and its bytes."""

    document_uid: UUID
    title: str
    media_type: str
    content: bytes


def open_chart(person: Person, encounter_uid: UUID | str, reason: str = "") -> OpenChart:
    """Open a chart and append exactly one event. Runs in a transaction of its own: never call it inside another.

    Raises Denied when there is no such chart for this person, GateClosed with what is missing when the gate is closed.
    """
    encounter = find_encounter(encounter_uid)

    def opened() -> OpenChart:
        readable = ensure_readable(person, encounter)
        _record(person, "charts.chart.opened", readable, reason)
        chart = read_chart(person, readable)
        note_seen(person, documents_of(readable).values_list("id", flat=True))
        return chart

    return _audited(person, encounter, encounter_uid, opened)


def open_attachment(person: Person, document_uid: UUID | str) -> Attachment:
    """Open the file attached to a document, by the same checks and with an event of its own."""
    document = find_document(document_uid)
    encounter = encounter_of(person, document)

    def opened() -> Attachment:
        readable = ensure_readable(person, encounter)
        if document is None or document.attachment is None:
            raise not_found()
        detail: dict[str, object] = {"document": str(document.uid)}
        _record(person, "charts.attachment.opened", readable, detail=detail)
        return Attachment(document.uid, document.title, document.attachment_type, document.attachment)

    return _audited(person, encounter, document_uid, opened)


def _audited(person: Person, encounter: Encounter | None, asked: UUID | str, opened: Callable[[], Opened]) -> Opened:
    """Run an opening; a refusal is recorded in a transaction of its own, so that it survives."""
    try:
        with transaction.atomic(durable=True):
            return opened()
    except Denied as refusal:
        why = "gate" if isinstance(refusal, GateClosed) else "policy" if encounter else "unknown"
        detail: dict[str, object] = {"why": why, "asked": str(as_uuid(asked) or "not an id")}
        _record(person, "charts.chart.refused", encounter, detail=detail)
        refusal.is_recorded = True
        raise


def _record(
    person: Person, verb: str, encounter: Encounter | None, reason: str = "", detail: dict[str, object] | None = None
) -> None:
    subject = str(encounter.patient.uid) if encounter else ""
    actor = _reader(person)
    if encounter:
        # Whose chart it is, not where the reader is at home: that organization answers for the opening.
        actor = replace(actor, organization=str(encounter.organization.uid))
    record(verb, encounter, subject=subject, reason=reason, detail=detail, actor=actor)


def _reader(person: Person) -> Actor:
    # Address and session come from the request; the reader is always the person asked for, whoever set the context.
    return replace(current_actor(), id=str(person.uid), label=person.full_name)
