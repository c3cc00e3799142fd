"""The lines of a session as plain data: taken before each change, put back by undo."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from charthouse.apps.coding.models import CodingSession, DiagnosisLine, Evidence, Pointer, ProcedureLine


def take(session: CodingSession) -> dict[str, Any]:
    """Every line, pointer and piece of evidence of the session, in order."""
    diagnoses = list(session.diagnoses.all())
    uid_of = {line.pk: str(line.uid) for line in diagnoses}
    procedures = list(session.procedures.prefetch_related("pointers"))
    line_uid = {line.pk: str(line.uid) for line in procedures}
    return {
        "diagnoses": [_fields(line, "position", "code", "poa") for line in diagnoses],
        "procedures": [
            _fields(line, "position", "code", "modifiers", "units", "provider_id")
            | {
                "service_date": line.service_date.isoformat(),
                "pointers": [uid_of[pointer.diagnosis_id] for pointer in line.pointers.all()],
            }
            for line in procedures
        ],
        "evidence": [
            _fields(piece, "document_id", "section", "start", "end", "quote")
            | {"diagnosis": uid_of.get(piece.diagnosis_id or 0), "procedure": line_uid.get(piece.procedure_id or 0)}
            for piece in session.evidence.order_by("id")
        ],
    }


def restore(session: CodingSession, before: dict[str, Any]) -> None:
    """Make the lines what they were, with the same uids."""
    session.evidence.all().delete()
    session.procedures.all().delete()
    session.diagnoses.all().delete()
    diagnoses = {row["uid"]: DiagnosisLine(session=session, **_row(row)) for row in before["diagnoses"]}
    DiagnosisLine.objects.bulk_create(diagnoses.values())
    procedures = {
        row["uid"]: ProcedureLine(
            session=session,
            service_date=date.fromisoformat(row["service_date"]),
            **_row(row, "service_date", "pointers"),
        )
        for row in before["procedures"]
    }
    ProcedureLine.objects.bulk_create(procedures.values())
    Pointer.objects.bulk_create(
        Pointer(procedure=procedures[row["uid"]], diagnosis=diagnoses[uid], rank=rank)
        for row in before["procedures"]
        for rank, uid in enumerate(row["pointers"], 1)
    )
    Evidence.objects.bulk_create(
        Evidence(
            session=session,
            diagnosis=diagnoses.get(row["diagnosis"]),
            procedure=procedures.get(row["procedure"]),
            **_row(row, "diagnosis", "procedure"),
        )
        for row in before["evidence"]
    )


def _fields(line: DiagnosisLine | ProcedureLine | Evidence, *names: str) -> dict[str, Any]:
    return {"uid": str(line.uid)} | {name: getattr(line, name) for name in names}


def _row(row: dict[str, Any], *but: str) -> dict[str, Any]:
    kept = {name: value for name, value in row.items() if name not in but}
    return kept | {"uid": UUID(row["uid"])}
