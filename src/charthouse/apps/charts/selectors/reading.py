"""An opened chart as data: documents with sections, coverages, facts by kind. Only `opening` builds one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from charthouse.apps.accounts.models import Person
from charthouse.apps.charts.models import ClinicalFact, Coverage, Document, DocumentSeen, Encounter
from charthouse.apps.charts.selectors.headers import PatientHeader, header_of
from charthouse.kit import Code, CodeSystem, FactKind

# Kinds that tell about the patient as a whole, whichever encounter recorded them; the others belong to one encounter.
LASTING = (FactKind.PROBLEM, FactKind.MEDICATION, FactKind.ALLERGY)


@dataclass(frozen=True, slots=True)
class OpenSection:
    """A titled part of a document; evidence names it by its index from 0."""

    index: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document of the chart. `is_new`: it came after this person last read the chart."""

    uid: UUID
    title: str
    kind: str
    author: str
    written_at: datetime | None
    is_signed: bool
    is_new: bool
    sections: tuple[OpenSection, ...]
    attachment_type: str


@dataclass(frozen=True, slots=True)
class OpenFact:
    """A structured fact of the chart."""

    kind: str
    label: str
    codes: tuple[Code, ...]
    value: str
    status: str
    on: date | None


@dataclass(frozen=True, slots=True)
class OpenChart:
    """Everything of one encounter's chart that its coding needs, as it was when it was opened."""

    encounter: Encounter
    patient: PatientHeader
    coverages: tuple[Coverage, ...]
    documents: tuple[OpenDocument, ...]
    facts: dict[str, tuple[OpenFact, ...]]

    def document(self, uid: UUID | str) -> OpenDocument | None:
        """A document of this chart by uid."""
        return next((document for document in self.documents if str(document.uid) == str(uid)), None)


def read_chart(person: Person, encounter: Encounter) -> OpenChart:
    """Read the chart; the caller has asked policy and gate and has appended the event."""
    return OpenChart(
        encounter=encounter,
        patient=header_of(encounter),
        coverages=tuple(encounter.patient.coverages.select_related("payer")),
        documents=_documents(person, encounter),
        facts=_facts(encounter),
    )


def documents_of(encounter: Encounter) -> QuerySet[Document]:
    """Documents of the encounter and those of the patient that belong to none; never another encounter's."""
    of_chart = Q(encounter=encounter) | Q(encounter__isnull=True, patient_id=encounter.patient_id)
    return Document.objects.filter(of_chart).defer("attachment")


def _documents(person: Person, encounter: Encounter) -> tuple[OpenDocument, ...]:
    rows = list(documents_of(encounter))
    seen = set(DocumentSeen.objects.filter(person=person, document__in=rows).values_list("document_id", flat=True))
    return tuple(_document(row, is_new=bool(seen) and row.pk not in seen) for row in rows)


def _document(row: Document, *, is_new: bool) -> OpenDocument:
    sections = tuple(OpenSection(index, part["title"], part["text"]) for index, part in enumerate(row.body))
    return OpenDocument(
        uid=row.uid,
        title=row.title,
        kind=row.kind,
        author=row.author,
        written_at=row.written_at,
        is_signed=row.is_signed,
        is_new=is_new,
        sections=sections,
        attachment_type=row.attachment_type,
    )


def _facts(encounter: Encounter) -> dict[str, tuple[OpenFact, ...]]:
    of_encounter = Q(encounter=encounter) | Q(encounter__isnull=True)
    wanted = Q(patient_id=encounter.patient_id) & (of_encounter | Q(kind__in=LASTING))
    if encounter.service_to:
        # What was found out later is not part of what was known at this encounter.
        wanted &= Q(on__isnull=True) | Q(on__lte=encounter.service_to) | Q(encounter=encounter)
    by_kind: dict[str, list[OpenFact]] = defaultdict(list)
    for row in ClinicalFact.objects.filter(wanted).order_by("kind", "-on", "id"):
        by_kind[row.kind].append(_fact(row))
    return {kind: tuple(facts) for kind, facts in by_kind.items()}


def _fact(row: ClinicalFact) -> OpenFact:
    content = row.content
    codes = tuple(Code(CodeSystem(system), value) for system, value in content.get("codes", []))
    return OpenFact(row.kind, content["label"], codes, content.get("value", ""), content.get("status", ""), row.on)
