"""What the workspace shows of a coding session, worked out beforehand so that templates only print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from charthouse.apps.accounts.models import Person
from charthouse.apps.coding import policies
from charthouse.apps.coding.changing import NOT_FOUND, pass_gate
from charthouse.apps.coding.checks import findings_on, key_of, tables_date
from charthouse.apps.coding.codes import diagnosis_title, procedure_title
from charthouse.apps.coding.lines import lines_of, pointed_at
from charthouse.apps.coding.models import CodingSession, DiagnosisLine, ProcedureLine
from charthouse.apps.core.errors import Denied
from charthouse.apps.practice.models import ChargeItem
from charthouse.apps.reference.selectors import code_book
from charthouse.engines.codesets import ValidityState
from charthouse.kit import Code, Finding, Money, Severity


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """Words in the chart that support a line; `quote` is empty once coding is final and the chart is closed again."""

    uid: UUID
    document_uid: UUID
    document_title: str
    section: int
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with its key; a mend is applied by key and its index in `mends` (labels, from 0)."""

    key: str
    rule: str
    severity: Severity
    message: str
    citation: str
    where: str
    value: str
    detail: str
    stops: bool
    mends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A short sign beside a code, such as `PDx`, and what it means."""

    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class DiagnosisView:
    """A diagnosis as shown: `code` dotless for links, `display` for people."""

    uid: UUID
    position: int
    code: str
    display: str
    title: str
    marks: tuple[Mark, ...]
    poa: str
    evidence: tuple[EvidenceView, ...]
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class ProcedureView:
    """A procedure as shown: `price` is for one unit, `charge` for the line; both None without a price."""

    uid: UUID
    position: int
    code: str
    title: str
    unit: str
    modifiers: tuple[str, ...]
    units: int
    service_date: date
    provider_uid: UUID | None
    provider_name: str
    pointers: tuple[int, ...]
    price: Money | None
    charge: Money | None
    evidence: tuple[EvidenceView, ...]
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many findings there are of each severity."""

    stops: int
    checks: int
    advice: int
    not_checked: int


@dataclass(frozen=True, slots=True)
class SessionView:
    """A whole session. `undo_label` is empty when there is nothing to take back."""

    uid: UUID
    encounter_uid: UUID
    revision: int
    is_final: bool
    started_at: datetime
    finalised_at: datetime | None
    diagnoses: tuple[DiagnosisView, ...]
    procedures: tuple[ProcedureView, ...]
    findings: tuple[FindingView, ...]
    counts: Counts
    can_finalise: bool
    undo_label: str
    release: str


def session_view(person: Person, session_uid: UUID) -> SessionView:
    """The session of this coder; Denied for anybody else's, GateClosed while charts may not be opened."""
    session = _own(person, session_uid)
    lines = lines_of(session)
    is_final = session.state == CodingSession.State.FINAL
    found = tuple(_finding(one) for one in findings_on(lines))
    on = tables_date(session.encounter)
    undo = None if is_final else session.changes.values_list("label", flat=True).first()
    return SessionView(
        uid=session.uid,
        encounter_uid=session.encounter.uid,
        revision=session.revision,
        is_final=is_final,
        started_at=session.opened_at,
        finalised_at=session.finalised_at,
        diagnoses=tuple(_diagnosis(line, on, _at(found, f"dx:{line.position}")) for line in lines.diagnoses),
        procedures=tuple(
            _procedure(line, lines.prices[line.pk], _at(found, f"px:{line.position}")) for line in lines.procedures
        ),
        findings=found,
        counts=_counts(found),
        can_finalise=not is_final and not any(finding.stops for finding in found),
        undo_label=undo or "",
        release=code_book().release_label(on) if on else "",
    )


def _own(person: Person, session_uid: UUID) -> CodingSession:
    session = CodingSession.objects.select_related("encounter__patient").filter(uid=session_uid, coder=person).first()
    if session is None:
        raise Denied(NOT_FOUND)
    if session.state == CodingSession.State.OPEN and not policies.may_code(person, session.encounter):
        raise Denied(NOT_FOUND)
    pass_gate(person, session.encounter)
    return session


def _finding(finding: Finding) -> FindingView:
    return FindingView(
        key=key_of(finding),
        rule=finding.rule,
        severity=finding.severity,
        message=finding.message,
        citation=finding.citation,
        where=finding.where,
        value=finding.value,
        detail=finding.detail,
        stops=finding.stops,
        mends=tuple(mend.label for mend in finding.mends),
    )


def _diagnosis(line: DiagnosisLine, on: date | None, found: tuple[FindingView, ...]) -> DiagnosisView:
    return DiagnosisView(
        uid=line.uid,
        position=line.position,
        code=line.code,
        display=line.display,
        title=diagnosis_title(line.code),
        marks=_marks(line, on),
        poa=line.poa,
        evidence=_evidence(line),
        findings=found,
    )


def _marks(line: DiagnosisLine, on: date | None) -> tuple[Mark, ...]:
    marks = []
    if line.position == 1:
        marks.append(Mark("PDx", "principal or first-listed diagnosis"))
    validity = code_book().is_valid(Code.icd10cm(line.code), on) if on else None
    if validity and validity.state is ValidityState.HEADER:
        marks.append(Mark("header", validity.text))
    elif validity and not validity.is_valid:
        marks.append(Mark(validity.state.value.replace("-", " "), validity.text))
    return tuple(marks)


def _procedure(line: ProcedureLine, item: ChargeItem | None, found: tuple[FindingView, ...]) -> ProcedureView:
    entry = code_book().hcpcs(line.code)
    return ProcedureView(
        uid=line.uid,
        position=line.position,
        code=line.code,
        title=procedure_title(line.code, item),
        unit=entry.unit if entry else "",
        modifiers=tuple(line.modifiers),
        units=line.units,
        service_date=line.service_date,
        provider_uid=line.provider.uid if line.provider else None,
        provider_name=str(line.provider) if line.provider else "",
        pointers=pointed_at(line),
        price=item.price if item else None,
        charge=item.price * line.units if item else None,
        evidence=_evidence(line),
        findings=found,
    )


def _evidence(line: DiagnosisLine | ProcedureLine) -> tuple[EvidenceView, ...]:
    is_closed = line.session.state == CodingSession.State.FINAL
    return tuple(
        EvidenceView(
            uid=piece.uid,
            document_uid=piece.document.uid,
            document_title=piece.document.title,
            section=piece.section,
            start=piece.start,
            end=piece.end,
            quote="" if is_closed else piece.quote,
        )
        for piece in line.evidence.all()
    )


def _at(found: tuple[FindingView, ...], where: str) -> tuple[FindingView, ...]:
    return tuple(finding for finding in found if finding.where == where)


def _counts(found: tuple[FindingView, ...]) -> Counts:
    severities = [finding.severity for finding in found]
    return Counts(
        stops=severities.count(Severity.FATAL),
        checks=severities.count(Severity.WARNING),
        advice=severities.count(Severity.ADVICE),
        not_checked=severities.count(Severity.NO_DATA),
    )
