"""Rules on the claim as a whole: something to bill, no doubles, sound units, dates and pointers."""

from __future__ import annotations

from collections.abc import Iterator

from charthouse.engines.codesets import CodeBook
from charthouse.engines.edits import mends
from charthouse.engines.edits.case import CodedDiagnosis, CodedProcedure, CodingCase
from charthouse.kit import Code, EncounterKind, Finding, Mend, Severity

MOST_UNITS = 999
MOST_POINTERS = 4
_REPEAT_MODIFIERS = frozenset({"59", "76", "77", "91", "XE", "XP", "XS", "XU"})
_SIDES = frozenset({"LT", "RT", "50"})


def check_shape(case: CodingCase, book: CodeBook) -> list[Finding]:
    """All rules on shape. They need no table."""
    del book
    return [*_missing(case), *_double_diagnoses(case), *_double_procedures(case), *_lines(case)]


def _missing(case: CodingCase) -> Iterator[Finding]:
    if not case.diagnoses:
        yield Finding("claim.no-diagnosis", Severity.FATAL, "There is no diagnosis.", "X12 837 HI segment", "dx")
    if not case.procedures and case.setting is not EncounterKind.INPATIENT:
        yield Finding("claim.no-procedure", Severity.FATAL, "There is no procedure.", "X12 837 service line", "px")


def _double_diagnoses(case: CodingCase) -> Iterator[Finding]:
    seen: dict[Code, CodedDiagnosis] = {}
    for diagnosis in case.ordered_diagnoses:
        before = seen.setdefault(diagnosis.code, diagnosis)
        if before is not diagnosis:
            yield Finding(
                "claim.duplicate-diagnosis",
                Severity.FATAL,
                f"{diagnosis.code.display} stands twice, as {before.position} and {diagnosis.position}.",
                "ICD-10-CM guideline I.B.12: each code is reported once",
                diagnosis.where,
                diagnosis.code.display,
                mends=(mends.remove(diagnosis.where, f"the second {diagnosis.code.display}"),),
            )


def _double_procedures(case: CodingCase) -> Iterator[Finding]:
    seen: dict[object, CodedProcedure] = {}
    for procedure in sorted(case.procedures, key=lambda line: line.position):
        sides = _SIDES.intersection(procedure.modifiers)
        before = seen.setdefault((procedure.code, case.date_of(procedure), sides), procedure)
        if before is not procedure and not _REPEAT_MODIFIERS.intersection(procedure.modifiers):
            yield Finding(
                "claim.duplicate-procedure",
                Severity.WARNING,
                f"{procedure.code.display} stands twice on {case.date_of(procedure)}, on lines {before.position} "
                f"and {procedure.position}, and nothing says the second is a repeat.",
                "Medicare Claims Processing Manual, chapter 1, section 120",
                procedure.where,
                procedure.code.display,
                # Raising the units of the first is no mend of its own: with the second still there it bills too much.
                detail="A repeat carries modifier 76, 77, 59 or XE, XP, XS, XU; or line "
                f"{before.position} bills {before.units + procedure.units} units once this line is removed.",
                mends=(mends.remove(procedure.where, f"line {procedure.position}"),),
            )


def _lines(case: CodingCase) -> Iterator[Finding]:
    for procedure in case.procedures:
        if not 1 <= procedure.units <= MOST_UNITS:
            yield _line(
                "claim.units",
                procedure,
                f"{procedure.units} units cannot be billed: 1 to {MOST_UNITS} can.",
                mends.set_units(procedure.where, 1),
            )
        if not case.dates.start <= case.date_of(procedure) <= case.dates.end:
            yield _line(
                "claim.line-date",
                procedure,
                f"Its date {case.date_of(procedure)} lies outside {case.dates.start} to {case.dates.end}.",
            )
        if case.setting is not EncounterKind.INPATIENT:
            yield from _pointers(procedure, case)


def _pointers(procedure: CodedProcedure, case: CodingCase) -> Iterator[Finding]:
    positions = {diagnosis.position for diagnosis in case.diagnoses}
    present = [pointer for pointer in procedure.pointers if pointer in positions]
    fallback = present or sorted(positions)[:1]
    ways = (mends.set_pointers(procedure.where, fallback),) if fallback else ()
    if not procedure.pointers:
        yield _line("claim.pointer-missing", procedure, "It points to no diagnosis.", *ways)
    absent = [str(pointer) for pointer in procedure.pointers if pointer not in positions]
    if absent:
        message = f"It points to diagnosis {', '.join(absent)}, which is not there."
        yield _line("claim.pointer-absent", procedure, message, *ways)
    if len(procedure.pointers) > MOST_POINTERS:
        first = mends.set_pointers(procedure.where, present[:MOST_POINTERS])
        yield _line("claim.pointers-many", procedure, f"It points to more than {MOST_POINTERS} diagnoses.", first)


def _line(rule: str, procedure: CodedProcedure, message: str, *ways: Mend) -> Finding:
    return Finding(
        rule,
        Severity.FATAL,
        f"{procedure.code.display}: {message}",
        "X12 837 service line",
        procedure.where,
        procedure.code.display,
        mends=ways,
    )
