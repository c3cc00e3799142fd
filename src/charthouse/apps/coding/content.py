"""What a coding summary holds, as typed data: written once when coding is final, read by billing and quality."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from charthouse.apps.coding.checks import tables_date
from charthouse.apps.coding.codes import diagnosis_title, procedure_system, procedure_title
from charthouse.apps.coding.lines import Lines, lines_of, pointed_at
from charthouse.apps.coding.models import CodingSession, DiagnosisLine, ProcedureLine
from charthouse.apps.practice.models import ChargeItem
from charthouse.apps.reference.selectors import code_book
from charthouse.kit import Code, CodeSystem, Finding

FORMAT = 1


@dataclass(frozen=True, slots=True)
class FinalEvidence:
    """Where in the chart a code is supported; the words themselves stay in the chart."""

    document: str
    section: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FinalDiagnosis:
    """A diagnosis in sequence; `code` is without its dot."""

    position: int
    code: str
    title: str
    poa: str
    evidence: tuple[FinalEvidence, ...]


@dataclass(frozen=True, slots=True)
class FinalProcedure:
    """A service; `provider` is a uid or empty, `pointers` are positions of diagnoses, the main one first."""

    position: int
    code: str
    system: str
    title: str
    modifiers: tuple[str, ...]
    units: int
    service_date: date
    provider: str
    pointers: tuple[int, ...]
    evidence: tuple[FinalEvidence, ...]


@dataclass(frozen=True, slots=True)
class FinalCoding:
    """Everything in a summary. `findings` are what stood and did not stop; `releases` name the tables in force."""

    encounter: str
    coder: str
    revision: int
    diagnoses: tuple[FinalDiagnosis, ...]
    procedures: tuple[FinalProcedure, ...]
    findings: tuple[dict[str, str], ...]
    releases: dict[str, str]


def write(session: CodingSession, findings: Sequence[Finding]) -> dict[str, Any]:
    """The content of the summary of a session, ready for JSON."""
    lines = lines_of(session)
    coding = FinalCoding(
        encounter=str(session.encounter.uid),
        coder=str(session.coder.uid),
        revision=session.revision,
        diagnoses=tuple(_diagnosis(line) for line in lines.diagnoses),
        procedures=tuple(_procedure(line, lines.prices[line.pk]) for line in lines.procedures),
        findings=tuple(_finding(finding) for finding in findings),
        releases=_releases(lines),
    )
    content: dict[str, Any] = json.loads(json.dumps({"format": FORMAT} | asdict(coding), default=str))
    return content


def read(content: dict[str, Any]) -> FinalCoding:
    """The content of a summary as typed data."""
    return FinalCoding(
        encounter=content["encounter"],
        coder=content["coder"],
        revision=content["revision"],
        diagnoses=tuple(FinalDiagnosis(**row | {"evidence": _evidence_back(row)}) for row in content["diagnoses"]),
        procedures=tuple(
            FinalProcedure(
                **row
                | {
                    "modifiers": tuple(row["modifiers"]),
                    "pointers": tuple(row["pointers"]),
                    "service_date": date.fromisoformat(row["service_date"]),
                    "evidence": _evidence_back(row),
                }
            )
            for row in content["procedures"]
        ),
        findings=tuple(content["findings"]),
        releases=content["releases"],
    )


def digest(content: dict[str, Any]) -> str:
    """SHA-256 of the content as canonical JSON: keys in order, no blanks, UTF-8."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _diagnosis(line: DiagnosisLine) -> FinalDiagnosis:
    return FinalDiagnosis(line.position, line.code, diagnosis_title(line.code), line.poa, _evidence(line))


def _procedure(line: ProcedureLine, item: ChargeItem | None) -> FinalProcedure:
    return FinalProcedure(
        position=line.position,
        code=line.code,
        system=procedure_system(line.code).value,
        title=procedure_title(line.code, item),
        modifiers=tuple(line.modifiers),
        units=line.units,
        service_date=line.service_date,
        provider=str(line.provider.uid) if line.provider else "",
        pointers=pointed_at(line),
        evidence=_evidence(line),
    )


def _evidence(line: DiagnosisLine | ProcedureLine) -> tuple[FinalEvidence, ...]:
    return tuple(
        FinalEvidence(str(piece.document.uid), piece.section, piece.start, piece.end) for piece in line.evidence.all()
    )


def _evidence_back(row: dict[str, Any]) -> tuple[FinalEvidence, ...]:
    return tuple(FinalEvidence(**piece) for piece in row["evidence"])


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "citation": finding.citation,
        "where": finding.where,
        "value": finding.value,
    }


def _releases(lines: Lines) -> dict[str, str]:
    """The releases that answered for the codes on their days, by code system."""
    on = tables_date(lines.encounter)
    releases = {CodeSystem.ICD10CM.value: code_book().release_label(on)} if on else {}
    for line in lines.procedures:
        system = procedure_system(line.code)
        if system is CodeSystem.LOCAL:
            releases[system.value] = "charge master"
        else:
            releases[system.value] = code_book().is_valid(Code(system, line.code), line.service_date).release
    return releases
