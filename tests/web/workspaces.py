"""A chart in a coder's hands, and a browser on it, for tests of the workspace."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from django.http import HttpResponse
from django.test import Client

from charthouse.apps.accounts.models import Organization, Person
from charthouse.apps.charts.models import ClinicalFact, Document, Encounter
from charthouse.apps.coding import actions
from charthouse.apps.coding.models import CodingSession, DiagnosisLine, ProcedureLine
from tests.apps import builders
from tests.web.clients import signed_in

NOTE = "Type 2 diabetes with chronic kidney disease, stage 3a.\nInsulin glargine 22 units nightly."
HTMX = {"HTTP_HX_REQUEST": "true"}


@dataclass
class Desk:
    """A coder at a chart."""

    practice: Organization
    coder: Person
    encounter: Encounter
    note: Document
    client: Client
    session: CodingSession = field(init=False)

    def __post_init__(self) -> None:
        self.session = actions.open_session(self.coder, self.encounter.uid)

    def url(self, rest: str = "") -> str:
        return f"/chart/{self.encounter.uid}/{rest}"

    def get(self, rest: str = "", *, htmx: bool = False) -> HttpResponse:
        return self.client.get(self.url(rest), **(HTMX if htmx else {}))

    def post(self, rest: str, *, htmx: bool = True, **given: object) -> HttpResponse:
        self.session.refresh_from_db()
        data = {"revision": self.session.revision, "documents": self.encounter.documents.count()} | given
        return self.client.post(self.url(rest), data, **(HTMX if htmx else {}))

    def diagnosis(self, code: str) -> DiagnosisLine:
        return actions.add_diagnosis(self.coder, self.session.uid, code)

    def procedure(self, text: str) -> ProcedureLine:
        return actions.add_procedure(self.coder, self.session.uid, text)

    def passage(self, words: str) -> dict[str, object]:
        start = NOTE.index(words)
        return {"document": self.note.uid, "section": 0, "start": start, "end": start + len(words), "quote": words}


def desk(kind: str = "visit") -> Desk:
    """A chart with a signed note, in the hands of a coder with nothing signed left to do."""
    practice = builders.organization()
    coder = builders.coder(practice)
    encounter = builders.billable(practice)
    Encounter.objects.filter(pk=encounter.pk).update(kind=kind)
    encounter.refresh_from_db()
    note = builders.document(encounter, NOTE)
    builders.assigned(encounter, coder)
    return Desk(practice, coder, encounter, note, signed_in(coder))


def fact(of: Encounter, kind: str, label: str, on: date | None = None, status: str = "active") -> ClinicalFact:
    """A structured fact of the patient."""
    content = {"label": label, "codes": [], "value": "", "status": status}
    return ClinicalFact.objects.create(patient=of.patient, encounter=of, kind=kind, on=on, content=content)


def text_of(answer: HttpResponse) -> str:
    """What a person reads: without tags, blanks squeezed."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
