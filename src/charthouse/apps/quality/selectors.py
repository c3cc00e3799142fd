"""A coder's own findings, free of claims and patients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from charthouse.apps.accounts.models import Person
from charthouse.apps.coding.codes import diagnosis_title, is_diagnosis, procedure_title
from charthouse.apps.core.clock import today
from charthouse.apps.core.errors import Denied
from charthouse.apps.practice.selectors import charge_for
from charthouse.apps.program.gate import GateClosed, check
from charthouse.apps.quality.models import CodingFinding
from charthouse.kit import Code


@dataclass(frozen=True, slots=True)
class FindingRow:
    """What came back about one code: why, on which encounter, and what was answered."""

    uid: UUID
    raised_at: datetime
    code: str
    title: str
    reason: str
    message: str
    is_open: bool
    state: str
    answer: str
    answered_at: datetime | None
    summary_uid: UUID
    encounter_uid: UUID
    encounter_title: str
    service_from: date | None
    finalised_at: datetime


def my_findings(person: Person, *, only_open: bool = False) -> list[FindingRow]:
    """Findings on this person's own work, open ones first, then newest first; GateClosed while their gate is."""
    found = CodingFinding.objects.filter(coder=person).select_related("summary__encounter")
    if only_open:
        found = found.filter(state=CodingFinding.State.OPEN)
    rows = list(found)
    _pass_gate(person, rows)
    return sorted((_row(finding) for finding in rows), key=lambda row: not row.is_open)


def my_finding(person: Person, uid: UUID) -> FindingRow:
    """One finding on this person's own work; Denied for any other."""
    found = CodingFinding.objects.filter(coder=person, uid=uid).select_related("summary__encounter").first()
    if found is None:
        raise Denied("There is no such finding.")
    _pass_gate(person, [found])
    return _row(found)


def count_open(person: Person) -> int:
    """How many findings wait for this person's answer."""
    return CodingFinding.objects.filter(coder=person, state=CodingFinding.State.OPEN).count()


def _pass_gate(person: Person, findings: Sequence[CodingFinding]) -> None:
    """A finding names the diagnoses of a chart: it is for eyes that may open charts there now."""
    for organization_id in sorted({finding.summary.encounter.organization_id for finding in findings}):
        decision = check(person, organization_id)
        if not decision.open:
            raise GateClosed(decision)


def _row(finding: CodingFinding) -> FindingRow:
    encounter = finding.summary.encounter
    shown, title = _named(finding.code, encounter.organization_id, encounter.service_from)
    return FindingRow(
        uid=finding.uid,
        raised_at=finding.created_at,
        code=shown,
        title=title,
        reason=finding.reason,
        message=finding.message,
        is_open=finding.state == CodingFinding.State.OPEN,
        state=CodingFinding.State(finding.state).label,
        answer=finding.answer or "",
        answered_at=finding.answered_at,
        summary_uid=finding.summary.uid,
        encounter_uid=encounter.uid,
        encounter_title=encounter.title,
        service_from=encounter.service_from,
        finalised_at=finding.summary.finalised_at,
    )


def _named(code: str, organization_id: int, on: date | None) -> tuple[str, str]:
    if is_diagnosis(code):
        return Code.icd10cm(code).display, diagnosis_title(code)
    return code, procedure_title(code, charge_for(organization_id, code, on or today()))
