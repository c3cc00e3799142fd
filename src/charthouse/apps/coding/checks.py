"""Findings on a session: the rules of engines.edits over its lines, and what only the practice's own data can tell."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date

from charthouse.apps.charts.models import Coverage, Encounter
from charthouse.apps.coding.codes import procedure_system
from charthouse.apps.coding.command import MOST_DIAGNOSES
from charthouse.apps.coding.lines import Lines, lines_of, pointed_at
from charthouse.apps.coding.models import CodingSession, DiagnosisLine, ProcedureLine
from charthouse.apps.reference.selectors import code_book
from charthouse.engines import edits
from charthouse.kit import Code, CodeSystem, EncounterKind, Finding, Mend, ServiceDates, Severity, Sex

MOST_PROCEDURES = 50  # 837P: service lines in one claim


def findings(session: CodingSession) -> list[Finding]:
    """Everything the rules say of the session as it stands, worst first, then by place."""
    return findings_on(lines_of(session))


def findings_on(lines: Lines) -> list[Finding]:
    """The same for lines already read."""
    dates = lines.encounter.dates
    found = edits.run(_case(lines, dates), code_book()) if dates else [_no_dates()]
    found += _too_many("dx", "diagnoses", lines.diagnoses, MOST_DIAGNOSES)
    found += _too_many("px", "service-lines", lines.procedures, MOST_PROCEDURES)
    found += _no_price(lines)
    found += _no_payer(lines.encounter)
    return sorted(found, key=lambda finding: (finding.severity.order, _place(finding.where), finding.rule))


def key_of(finding: Finding) -> str:
    """A short name for a finding that stays the same while it stands."""
    parts = (finding.rule, finding.where, finding.value, finding.message)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def tables_date(encounter: Encounter) -> date | None:
    """The day that decides which release of the diagnosis tables applies; None without dates."""
    return _case(Lines(encounter, [], [], {}), encounter.dates).diagnosis_date if encounter.dates else None


def _case(lines: Lines, dates: ServiceDates) -> edits.CodingCase:
    """The session in the words of engines.edits."""
    patient, kind = lines.encounter.patient, lines.encounter.kind
    return edits.CodingCase(
        dates=dates,
        diagnoses=[
            edits.CodedDiagnosis(line.position, Code(CodeSystem.ICD10CM, line.code), line.poa)
            for line in lines.diagnoses
        ],
        procedures=[
            edits.CodedProcedure(
                line.position,
                Code(procedure_system(line.code), line.code),
                tuple(line.modifiers),
                line.units,
                line.service_date,
                pointed_at(line),
            )
            for line in lines.procedures
        ],
        sex=next((sex for sex in Sex if sex == patient.sex), Sex.UNKNOWN),
        birth_date=patient.birth_date,
        setting=next((known for known in EncounterKind if known == kind), EncounterKind.OTHER),
    )


def _no_dates() -> Finding:
    return Finding(
        "coding.no-service-date",
        Severity.FATAL,
        "The encounter has no date of service, and the date decides which tables apply.",
        "X12 837 DTP*472",
        "encounter",
    )


def _too_many(kind: str, what: str, lines: Sequence[DiagnosisLine | ProcedureLine], most: int) -> Iterator[Finding]:
    for line in lines[most:]:
        where = f"{kind}:{line.position}"
        yield Finding(
            f"coding.too-many-{what}",
            Severity.FATAL,
            f"A professional claim carries at most {most} {what.replace('-', ' ')}; "
            f"{line.display} is number {line.position}.",
            "X12 837P HI segment" if kind == "dx" else "X12 837P loop 2400",
            where,
            line.display,
            mends=(_remove(line, where),),
        )


def _no_price(lines: Lines) -> Iterator[Finding]:
    for line in lines.procedures:
        if lines.prices[line.pk] is None:
            where = f"px:{line.position}"
            yield Finding(
                "coding.no-price",
                Severity.FATAL,
                f"The practice has no price for {line.code} on {line.service_date:%-d %b %Y}.",
                "Charge master",
                where,
                line.code,
                mends=(_remove(line, where),),
            )


def _remove(line: DiagnosisLine | ProcedureLine, where: str) -> Mend:
    return Mend("remove", f"Remove {line.display}", {"where": where})


def _no_payer(encounter: Encounter) -> Iterator[Finding]:
    if not Coverage.objects.filter(patient=encounter.patient, payer__isnull=False).exists():
        yield Finding(
            "coding.no-payer",
            Severity.WARNING,
            "The claim will be held: no payer of the practice covers this patient.",
            "Coverages of the patient",
            "patient",
        )


def _place(where: str) -> tuple[str, int]:
    kind, _, number = where.partition(":")
    return kind, int(number) if number.isdigit() else 0
