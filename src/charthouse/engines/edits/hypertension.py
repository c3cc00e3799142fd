"""Essential hypertension beside heart failure or chronic kidney disease: the guidelines presume they are related.

Both may stay only when the chart says they are unrelated. That is a coder's judgment, so the finding stays FATAL and
the caller's own override, with its reason, settles it.
"""

from __future__ import annotations

from datetime import date

from charthouse.engines.codesets import NO_TEXT, CodeBook
from charthouse.engines.edits import mends
from charthouse.engines.edits.case import CodedDiagnosis, CodingCase
from charthouse.kit import Code, CodeSystem, Finding, Mend, Severity

_ESSENTIAL = Code.icd10cm("I10")
_HEART_FAILURE, _KIDNEY_DISEASE = "I50", "N18"
_LATE_STAGES = frozenset({"N185", "N186"})
_COMBINED = ("I11", "I12", "I13")


def check_hypertension(case: CodingCase, book: CodeBook) -> list[Finding]:
    """One finding for each I10 that stands beside I50.- or N18.-."""
    diagnoses = [one for one in case.ordered_diagnoses if one.code.system is CodeSystem.ICD10CM]
    related = [one for one in diagnoses if one.code.value.startswith((_HEART_FAILURE, _KIDNEY_DISEASE))]
    if not related:
        return []
    return [_finding(one, related, diagnoses, book, case.diagnosis_date) for one in diagnoses if one.code == _ESSENTIAL]


def _finding(
    hypertension: CodedDiagnosis,
    related: list[CodedDiagnosis],
    diagnoses: list[CodedDiagnosis],
    book: CodeBook,
    on: date,
) -> Finding:
    combined, paragraph, what = _combination({one.code.value for one in related})
    beside = " and ".join(dict.fromkeys(one.code.display for one in related))
    return Finding(
        "icd10cm.hypertension-related",
        Severity.FATAL,
        f"{_ESSENTIAL.display} cannot stand beside {beside}: together they are coded {combined.display}.",
        f"ICD-10-CM Official Guideline I.C.9.a.{paragraph}: hypertension with {what} is presumed related",
        hypertension.where,
        _ESSENTIAL.display,
        detail="Both may stay only when the chart says they are unrelated (guideline I.C.9.a): record why.",
        mends=_ways(hypertension, combined, diagnoses, _title(combined, book, on)),
    )


def _combination(related: set[str]) -> tuple[Code, int, str]:
    """The combination code, the paragraph of the guideline and what it is about; stage 5 and end stage go together."""
    is_late = not _LATE_STAGES.isdisjoint(related)
    has_failure = any(value.startswith(_HEART_FAILURE) for value in related)
    has_kidney = any(value.startswith(_KIDNEY_DISEASE) for value in related)
    if has_failure and has_kidney:
        return Code.icd10cm("I13.2" if is_late else "I13.0"), 3, "heart failure and CKD"
    if has_kidney:
        return Code.icd10cm("I12.0" if is_late else "I12.9"), 2, "CKD"
    return Code.icd10cm("I11.0"), 1, "heart failure"


def _ways(
    hypertension: CodedDiagnosis, combined: Code, diagnoses: list[CodedDiagnosis], title: str
) -> tuple[Mend, ...]:
    """The combination in its place, unless that stands already; beside any I11 to I13 it may simply go."""
    ways = []
    if all(one.code != combined for one in diagnoses):
        ways.append(mends.replace(hypertension.where, combined, title))
    if any(one.code.value.startswith(_COMBINED) for one in diagnoses):
        ways.append(mends.remove(hypertension.where, _ESSENTIAL.display))
    return tuple(ways)


def _title(code: Code, book: CodeBook, on: date) -> str:
    entry = book.icd10cm(code.value, on)
    return entry.title if entry else NO_TEXT
