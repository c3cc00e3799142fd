"""Denials as a worklist, nearest deadline first, and where each one came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from charthouse.apps.accounts.models import Person
from charthouse.apps.billing.models import Claim
from charthouse.apps.billing.selectors import claim_for, claims_of
from charthouse.apps.charts.selectors import PatientHeader, patient_headers
from charthouse.apps.core.clock import today
from charthouse.apps.quality.models import CodingFinding
from charthouse.apps.remittance.denials import pointed_codes, reason_of
from charthouse.apps.remittance.models import Denial
from charthouse.kit import Money


@dataclass(frozen=True, slots=True)
class DenialRow:
    """A denial to work; `code` is empty when the whole claim was denied."""

    denial: Denial
    uid: UUID
    claim_uid: UUID
    claim_number: str
    patient: PatientHeader | None
    payer_name: str
    line: int | None
    code: str
    reason: str
    amount: Money
    answer_by: date
    days_left: int
    is_open: bool
    assigned_to: str
    coder_name: str


@dataclass(frozen=True, slots=True)
class Origin:
    """The way back from a denial to the code line and its coder; `diagnoses` are empty while the gate is closed."""

    denied_on: datetime
    check_number: str
    reason: str
    amount: Money
    code: str
    line: int | None
    diagnoses: tuple[str, ...]
    summary_version: int
    coder_name: str
    coded_at: datetime
    answer: str


def denials(person: Person, view: str = "open", claim: Claim | None = None) -> list[DenialRow]:
    """Denials that are open (or `closed`, `all`), of one claim when it is named."""
    rows = _rows(person)
    if view in Denial.State.values:
        rows = rows.filter(state=view)
    if claim is not None:
        rows = rows.filter(claim=claim)
    found = list(rows)
    headers = patient_headers(person, [denial.claim.encounter for denial in found])
    return [_row(denial, headers.get(denial.claim.encounter_id)) for denial in found]


def denial_counts(person: Person) -> dict[str, int]:
    """How many denials are open, and how many of those are due within a week or overdue."""
    open_ones = _rows(person).filter(state=Denial.State.OPEN)
    left = [_days_left(day) for day in open_ones.values_list("answer_by", flat=True)]
    return {"open": len(left), "this-week": sum(0 <= days <= 7 for days in left), "late": sum(d < 0 for d in left)}


def origin(person: Person, denial: Denial) -> Origin:
    """Denial, code line, coding summary, coder, and what the coder answered."""
    claim = claim_for(person, denial.claim.uid)
    line = denial.line
    gate_is_open = claim.encounter_id in patient_headers(person, [claim.encounter])
    finding = claim.summary.findings.filter(source_key=f"denial:{denial.uid}").first()
    return Origin(
        denied_on=denial.created_at,
        check_number=denial.remittance_claim.remittance.number,
        reason=reason_of(denial),
        amount=Money(denial.amount_cents),
        code=line.code if line else "",
        line=line.position if line else None,
        diagnoses=tuple(pointed_codes(line)) if line and gate_is_open else (),
        summary_version=claim.summary.version,
        coder_name=claim.summary.coder.full_name,
        coded_at=claim.summary.finalised_at,
        answer=_answer_of(finding.state) if finding else "",
    )


def _answer_of(state: str) -> str:
    """What the coder said, as others read it."""
    return "The coder has not answered yet" if state == CodingFinding.State.OPEN else CodingFinding.State(state).label


def _rows(person: Person) -> QuerySet[Denial]:
    return Denial.objects.filter(claim__in=claims_of(person).order_by()).select_related(
        "claim__encounter__patient", "claim__payer", "claim__summary__coder", "line", "assigned_to"
    )


def _row(denial: Denial, patient: PatientHeader | None) -> DenialRow:
    claim, line = denial.claim, denial.line
    return DenialRow(
        denial=denial,
        uid=denial.uid,
        claim_uid=claim.uid,
        claim_number=claim.number,
        patient=patient,
        payer_name=claim.payer.name if claim.payer else "",
        line=line.position if line else None,
        code=line.code if line else "",
        reason=reason_of(denial),
        amount=Money(denial.amount_cents),
        answer_by=denial.answer_by,
        days_left=_days_left(denial.answer_by),
        is_open=denial.state == Denial.State.OPEN,
        assigned_to=denial.assigned_to.full_name if denial.assigned_to else "",
        coder_name=claim.summary.coder.full_name,
    )


def _days_left(answer_by: date) -> int:
    return (answer_by - today()).days
