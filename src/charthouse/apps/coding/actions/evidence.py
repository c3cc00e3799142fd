"""Evidence: words in the chart that support a line."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from charthouse.apps.accounts.models import Person
from charthouse.apps.charts.models import Document
from charthouse.apps.charts.selectors import section_text
from charthouse.apps.coding.changing import change, diagnosis, procedure, session_of
from charthouse.apps.coding.models import CodingSession, DiagnosisLine, Evidence, ProcedureLine
from charthouse.apps.core.errors import Invalid

MOST_QUOTED = 2000


@dataclass(frozen=True, slots=True)
class Passage:
    """Marked words: a document, its section (from 0), the characters from `start` up to `end`, and the words."""

    document_uid: UUID
    section: int
    start: int
    end: int
    quote: str


def attach_evidence(person: Person, line_uid: UUID, passage: Passage) -> Evidence:
    """Support a diagnosis or procedure with marked words; Invalid when the document does not say them there."""
    is_diagnosis = DiagnosisLine.objects.filter(uid=line_uid).exists()
    session_uid = session_of(DiagnosisLine if is_diagnosis else ProcedureLine, line_uid)
    with change(person, session_uid, "coding.evidence.attached") as making:
        if is_diagnosis:
            line: DiagnosisLine | ProcedureLine = diagnosis(making.session, line_uid)
        else:
            line = procedure(making.session, line_uid)
        piece = keep_passage(person, line, passage)
        making.label = f"Evidence for {line.display}"
        making.detail = {"code": line.code, "position": line.position, "document": str(passage.document_uid)}
    return piece


def remove_evidence(person: Person, evidence_uid: UUID) -> CodingSession:
    """Take a piece of evidence off its line."""
    with change(person, session_of(Evidence, evidence_uid), "coding.evidence.removed") as making:
        making.session.evidence.filter(uid=evidence_uid).delete()
        making.label = "Removed evidence"
        making.detail = {"evidence": str(evidence_uid)}
    return making.session


def keep_passage(person: Person, line: DiagnosisLine | ProcedureLine, passage: Passage) -> Evidence:
    """Check the words against the stored text and keep them; the same words twice on a line are kept once."""
    session = line.session
    _check(passage, section_text(person, passage.document_uid, passage.section, within=session.encounter))
    piece, _ = Evidence.objects.get_or_create(
        session=session,
        diagnosis=line if isinstance(line, DiagnosisLine) else None,
        procedure=line if isinstance(line, ProcedureLine) else None,
        document=Document.objects.only("uid").get(uid=passage.document_uid),
        section=passage.section,
        start=passage.start,
        end=passage.end,
        defaults={"quote": passage.quote},
    )
    return piece


def _check(passage: Passage, text: str) -> None:
    if not 0 <= passage.start < passage.end <= len(text):
        raise Invalid("Nothing is marked there.", field="evidence", code="coding.evidence-range")
    if passage.end - passage.start > MOST_QUOTED:
        raise Invalid(f"Mark at most {MOST_QUOTED} characters.", field="evidence", code="coding.evidence-length")
    if text[passage.start : passage.end] != passage.quote:
        raise Invalid(
            "The document does not say these words there.",
            field="evidence",
            code="coding.evidence-differs",
            mend="Open the document again and mark them anew.",
        )
