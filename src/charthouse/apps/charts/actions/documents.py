"""The documents of a chart. What was stored is never rewritten: evidence points into it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from charthouse.apps.charts.actions.clean import clipped, moment
from charthouse.apps.charts.models import Document, Encounter, Patient
from charthouse.apps.core.cipher import blind_index
from charthouse.apps.exchange.models import InboundFile
from charthouse.kit import ChartDocument

_BATCH = 200


def save_documents(
    patient: Patient, file: InboundFile | None, given: Sequence[ChartDocument], encounters: dict[str, Encounter]
) -> int:
    """Store documents that are new and return how many.

    A document is known by the sender's id together with its content: the same one in another file is taken once, a
    later wording under the same id stands beside the earlier. A known one may gain a signature or its encounter.
    """
    known = {row.key_index: row for row in patient.documents.defer("body", "attachment")}
    fresh: dict[str, Document] = {}
    for document in given:
        index = _identity(document)
        encounter = _encounter_of(document, encounters)
        if index in known:
            _complete(known[index], document, encounter)
        elif index not in fresh:
            fresh[index] = _row(patient, file, document, encounter, index)
    Document.objects.bulk_create(fresh.values(), batch_size=_BATCH)
    return len(fresh)


def _identity(document: ChartDocument) -> str:
    attached = hashlib.sha256(document.attachment).hexdigest() if document.attachment else ""
    content = [document.title, [[part.title, part.text] for part in document.sections], attached]
    digest = hashlib.sha256(json.dumps(content).encode()).hexdigest()
    return blind_index(f"{document.key}|{digest}", "document")


def _encounter_of(document: ChartDocument, encounters: dict[str, Encounter]) -> Encounter | None:
    if document.encounter_key:
        return encounters.get(document.encounter_key)
    # A file about one encounter need not say so on every document; with several, nothing is guessed.
    distinct = {row.pk: row for row in encounters.values()}
    return next(iter(distinct.values())) if len(distinct) == 1 else None


def _complete(row: Document, given: ChartDocument, encounter: Encounter | None) -> None:
    gained = []
    if given.is_signed and not row.is_signed:
        row.is_signed = True
        gained.append("is_signed")
    if encounter is not None and row.encounter_id is None:
        row.encounter = encounter
        gained.append("encounter")
    if gained:
        row.save(update_fields=gained)


def _row(
    patient: Patient, file: InboundFile | None, given: ChartDocument, encounter: Encounter | None, index: str
) -> Document:
    return Document(
        patient=patient,
        encounter=encounter,
        source=file,
        key_index=index,
        title=clipped(given.title, 120) or "Untitled document",
        kind=clipped(given.kind, 60),
        author=clipped(given.author, 120),
        written_at=moment(given.written_at),
        is_signed=given.is_signed,
        body=[{"title": part.title, "text": part.text} for part in given.sections],
        attachment=given.attachment,
        attachment_type=clipped(given.attachment_type, 60) if given.attachment else "",
    )
