"""Rules on the order of diagnoses: manifestations, code-first notes, external causes and principal diagnosis."""

from __future__ import annotations

from collections.abc import Iterator

from charthouse.engines.codesets import CodeBook
from charthouse.engines.codesets.line_references import references
from charthouse.engines.edits import mends
from charthouse.engines.edits.case import CodedDiagnosis, CodingCase
from charthouse.kit import CodeSystem, EncounterKind, Finding, Mend, Severity

_EXTERNAL_CAUSES = "VWXY"


def check_sequence(case: CodingCase, book: CodeBook) -> list[Finding]:
    """All rules on order."""
    ordered = [one for one in case.ordered_diagnoses if one.code.system is CodeSystem.ICD10CM]
    if not ordered:
        return []
    found = list(_first(ordered, case, book))
    for diagnosis in ordered:
        found += _code_first(diagnosis, ordered, case, book)
    return found


def _first(ordered: list[CodedDiagnosis], case: CodingCase, book: CodeBook) -> Iterator[Finding]:
    """What may not come first."""
    first = ordered[0]
    marks = _marks(first, book)
    release = book.release_label(case.diagnosis_date)
    if _is_external(first, book):
        yield Finding(
            "icd10cm.external-cause-first",
            Severity.FATAL,
            f"{first.code.display} says how it happened. An external cause never comes first.",
            f"ICD-10-CM guideline I.C.20.a.6; Medicare Code Editor, {release}",
            first.where,
            first.code.display,
            mends=_others_first(ordered, book),
        )
    elif "manifestation" in marks:
        yield Finding(
            "icd10cm.manifestation-first",
            Severity.FATAL,
            f"{first.code.display} is a manifestation. The disease behind it comes first.",
            f"ICD-10-CM guideline I.A.13; Medicare Code Editor, {release}",
            first.where,
            first.code.display,
            mends=_others_first(ordered, book),
        )
    elif "unacceptable" in marks and case.setting is EncounterKind.INPATIENT:
        yield Finding(
            "mce.unacceptable-principal",
            Severity.WARNING,
            f"{first.code.display} is not accepted as the principal diagnosis of a stay by Medicare.",
            f"Medicare Code Editor, unacceptable principal diagnosis, {release}",
            first.where,
            first.code.display,
            mends=_others_first(ordered, book),
        )


def _code_first(
    diagnosis: CodedDiagnosis, ordered: list[CodedDiagnosis], case: CodingCase, book: CodeBook
) -> Iterator[Finding]:
    """A code-first note whose named code stands later on the case; or, in first place, no named code at all."""
    entry, edition = book.icd10cm(diagnosis.code.value, case.diagnosis_date), book.edition(case.diagnosis_date)
    if entry is None:
        return
    for note in entry.code_first:
        named = references(note.lines)
        meant = [other for other in ordered if any(one.covers(other.code.value, edition) for one in named)]
        late = [other for other in meant if other.position > diagnosis.position]
        if late and len(late) == len(meant):
            yield Finding(
                "icd10cm.code-first",
                Severity.WARNING,
                f"{late[0].code.display} goes before {diagnosis.code.display}.",
                f"Code first note at {note.place}, {book.release_label(case.diagnosis_date)}",
                diagnosis.where,
                diagnosis.code.display,
                detail="; ".join(note.lines),
                mends=(mends.move_before(late[0].where, late[0].code.display, diagnosis.where),),
            )
            return


def _others_first(ordered: list[CodedDiagnosis], book: CodeBook) -> tuple[Mend, ...]:
    fit = [one for one in ordered[1:] if not _is_external(one, book) and "manifestation" not in _marks(one, book)]
    return tuple(mends.move_first(one.where, one.code.display) for one in fit[:3])


def _is_external(diagnosis: CodedDiagnosis, book: CodeBook) -> bool:
    return diagnosis.code.value[:1] in _EXTERNAL_CAUSES or "ecodepdx" in _marks(diagnosis, book)


def _marks(diagnosis: CodedDiagnosis, book: CodeBook) -> frozenset[str]:
    return book.validity.traits.get(diagnosis.code.value, frozenset())
