"""One claim as its page shows it: lines, findings, versions and everything that happened, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from charthouse.apps.accounts.models import Person
from charthouse.apps.billing import content
from charthouse.apps.billing.models import ClaimEvent, ClaimLine, ClaimState, ClaimVersion
from charthouse.apps.billing.selectors.lists import ClaimRow, row_of
from charthouse.apps.billing.selectors.lookup import claim_for
from charthouse.apps.charts.selectors import patient_headers
from charthouse.kit import Money


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the time line; `moved` is whether the state changed by it."""

    at: datetime
    label: str
    source: str
    reference: str
    sentence: str
    moved: bool


@dataclass(frozen=True, slots=True)
class PageLine:
    """A service line as sent; `diagnoses` are the codes pointed to, empty while the gate is closed."""

    line: ClaimLine
    position: int
    code: str
    modifiers: tuple[str, ...]
    label: str
    units: int
    service_date: date
    pointers: tuple[int, ...]
    diagnoses: tuple[str, ...]
    charge: Money


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """Everything billing knows of a claim. What the patient has is shown only while the person's gate is open."""

    row: ClaimRow
    version: int
    payer_claim_number: str
    file_name: str
    coder_name: str
    diagnoses: tuple[str, ...]
    lines: tuple[PageLine, ...]
    findings: tuple[dict[str, Any], ...]
    steps: tuple[Step, ...]

    @property
    def can_be_sent(self) -> bool:
        """Whether sending is the next thing to do."""
        return self.row.state == ClaimState.READY

    @property
    def can_be_built_again(self) -> bool:
        """Whether mending and checking again is possible."""
        return self.row.state in (ClaimState.HELD, ClaimState.READY, ClaimState.REJECTED)


def claim_page(person: Person, uid: UUID | str) -> ClaimPage:
    """The page of a claim, of its latest version."""
    claim = claim_for(person, uid)
    version = claim.versions.select_related("interchange").order_by("-version")[0]
    patient = patient_headers(person, [claim.encounter]).get(claim.encounter_id)
    diagnoses = _diagnoses(version) if patient else ()
    return ClaimPage(
        row=row_of(claim, patient),
        version=version.version,
        payer_claim_number=claim.payer_claim_number,
        file_name=version.interchange.file_name if version.interchange else "",
        coder_name=claim.summary.coder.full_name,
        diagnoses=diagnoses,
        lines=tuple(_line(line, diagnoses) for line in version.lines.all()),
        findings=tuple(version.findings),
        steps=tuple(_step(event) for event in claim.timeline.all()),
    )


def _diagnoses(version: ClaimVersion) -> tuple[str, ...]:
    return tuple(code.display for code in content.load(version.content).diagnoses)


def _line(line: ClaimLine, diagnoses: tuple[str, ...]) -> PageLine:
    pointers = tuple(line.pointers)
    return PageLine(
        line=line,
        position=line.position,
        code=line.code,
        modifiers=tuple(line.modifiers),
        label=line.label,
        units=line.units,
        service_date=line.service_date,
        pointers=pointers,
        diagnoses=tuple(diagnoses[n - 1] for n in pointers if 1 <= n <= len(diagnoses)),
        charge=Money(line.charge_cents),
    )


def _step(event: ClaimEvent) -> Step:
    moved = event.from_state != event.to_state
    label = str(ClaimState(event.to_state).label) if moved else "Noted"
    return Step(event.created_at, label, event.source, event.reference, event.sentence, moved)
