"""Excludes1: two diagnoses that the tabular list never lets stand together.

The guidelines (I.A.12.a) allow both when the conditions are plainly unrelated. That is a coder's judgment made with
the chart in hand, so the finding stays FATAL and the caller's own override, with its reason, settles it. A note that
depends on characters which could not be read is only a WARNING.
"""

from __future__ import annotations

from datetime import date
from itertools import permutations

from charthouse.engines.codesets import CodeBook, Note
from charthouse.engines.codesets.line_references import Reference, references
from charthouse.engines.edits import mends
from charthouse.engines.edits.case import CodedDiagnosis, CodingCase
from charthouse.kit import CodeSystem, Finding, Severity


def check_excludes1(case: CodingCase, book: CodeBook) -> list[Finding]:
    """One finding per pair of diagnoses that exclude each other."""
    diagnoses = [one for one in case.ordered_diagnoses if one.code.system is CodeSystem.ICD10CM]
    edition = book.edition(case.diagnosis_date)
    named = {one.position: _named(one, book, case.diagnosis_date) for one in diagnoses}
    found: dict[frozenset[int], Finding] = {}
    for holder, other in permutations(diagnoses, 2):
        pair = frozenset((holder.position, other.position))
        if pair not in found and holder.code != other.code:
            for note, reference in named[holder.position]:
                if reference.covers(other.code.value, edition):
                    found[pair] = _finding(holder, other, note, reference, book=book, case=case)
                    break
    return list(found.values())


def _named(holder: CodedDiagnosis, book: CodeBook, on: date) -> list[tuple[Note, Reference]]:
    """What the notes at and above a code exclude that day. A line that names the code itself is about neither."""
    entry = book.icd10cm(holder.code.value, on)
    return [
        (note, reference)
        for note in (entry.excludes1 if entry else ())
        for reference in references(note.lines)
        if not reference.covers(holder.code.value, book.edition(on))
    ]


def _finding(
    holder: CodedDiagnosis, other: CodedDiagnosis, note: Note, reference: Reference, *, book: CodeBook, case: CodingCase
) -> Finding:
    first, second = holder.code.display, other.code.display
    later = max(holder, other, key=lambda diagnosis: diagnosis.position)
    return Finding(
        "icd10cm.excludes1",
        Severity.FATAL if reference.is_plain else Severity.WARNING,
        f"{first} and {second} cannot stand together: the note at {note.place} excludes “{reference.line}”.",
        f"Excludes1 note at {note.place}, {book.release_label(case.diagnosis_date)}",
        later.where,
        later.code.display,
        detail="Both may stay only when the conditions are unrelated (guideline I.A.12.a): record why.",
        mends=(mends.remove(other.where, second), mends.remove(holder.where, first)),
    )
