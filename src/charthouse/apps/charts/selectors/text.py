"""Single passages for the apps above, so that none of them reads a document's text by itself."""

from __future__ import annotations

from uuid import UUID

from charthouse.apps.accounts.models import Person
from charthouse.apps.charts.models import Document, Encounter
from charthouse.apps.charts.selectors.access import encounter_of, ensure_readable, find_document, not_found


def section_text(person: Person, document_uid: UUID | str, section: int, *, within: Encounter | None = None) -> str:
    """The stored text of one section, by policy and gate; no new event: the chart it belongs to has been opened.

    `within` names the encounter being coded: a document of another encounter is then refused.
    """
    sections = readable_document(person, document_uid, within=within).body
    if not 0 <= section < len(sections):
        raise not_found()
    return str(sections[section]["text"])


def readable_document(person: Person, document_uid: UUID | str, *, within: Encounter | None = None) -> Document:
    """The row of a document the person may read now, to point evidence at; its text is for `section_text` to give."""
    document = find_document(document_uid)
    encounter = ensure_readable(person, encounter_of(person, document, within))
    if document is None or (within is not None and encounter.pk != within.pk):
        raise not_found()
    return document


def is_codable(encounter: Encounter) -> bool:
    """Whether there is a date of service and at least one document with text; tells nothing else of the chart."""
    if encounter.service_from is None:
        return False
    bodies = encounter.documents.only("uid", "body")
    return any(part["text"].strip() for document in bodies for part in document.body)
