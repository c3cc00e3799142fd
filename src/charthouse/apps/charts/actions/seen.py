"""Remembering what somebody has read, so that later documents can be shown as new."""

from __future__ import annotations

from collections.abc import Iterable

from charthouse.apps.accounts.models import Person
from charthouse.apps.charts.models import DocumentSeen
from charthouse.apps.core.clock import now


def note_seen(person: Person, document_ids: Iterable[int]) -> None:
    """Note that the person has read these documents; the time kept is that of the last reading."""
    at = now()
    DocumentSeen.objects.bulk_create(
        [DocumentSeen(person=person, document_id=document_id, at=at) for document_id in document_ids],
        update_conflicts=True,
        unique_fields=["person", "document"],
        update_fields=["at"],
    )
