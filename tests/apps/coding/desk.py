"""A coder with a chart in hand, for the tests of coding."""

from __future__ import annotations

from dataclasses import dataclass

from charthouse.apps.accounts.models import Organization, Person
from charthouse.apps.charts.models import Document, Encounter
from charthouse.apps.coding import actions
from charthouse.apps.coding.models import CodingSession
from charthouse.apps.coding.selectors import FindingView, SessionView, session_view
from tests.apps import builders

NOTE = "Type 2 diabetes with diabetic chronic kidney disease, stage 3a. Clinic visit today."
PRICED = {"G0463": 12_500, "J1885": 1_850, "G2211": 1_600}


@dataclass(slots=True)
class Desk:
    """Everything on the desk: who codes what."""

    organization: Organization
    coder: Person
    encounter: Encounter
    note: Document
    session: CodingSession

    def add(self, *texts: str) -> None:
        """Type several commands."""
        for text in texts:
            actions.enter(self.coder, self.session.uid, text)

    def view(self) -> SessionView:
        """What the screen shows now."""
        return session_view(self.coder, self.session.uid)

    def finding(self, rule: str) -> FindingView:
        """The one finding of a rule."""
        found = [finding for finding in self.view().findings if finding.rule == rule]
        assert len(found) == 1, [finding.rule for finding in self.view().findings]
        return found[0]

    def passage(self, words: str) -> actions.Passage:
        """Words of the note as the browser sends them."""
        start = NOTE.index(words)
        return actions.Passage(self.note.uid, 0, start, start + len(words), words)


def set_up(*, kind: str = "visit") -> Desk:
    """A clinic visit on 18 Nov 2026 with one note, a payer and a short charge master."""
    organization = builders.organization()
    coder = builders.coder(organization)
    encounter = builders.encounter(organization, kind=kind)
    builders.coverage(encounter.patient, builders.payer(organization))
    for code, cents in PRICED.items():
        builders.charge_item(organization, code, cents)
    note = builders.document(encounter, NOTE)
    builders.assigned(encounter, coder)
    return Desk(organization, coder, encounter, note, actions.open_session(coder, encounter.uid))
