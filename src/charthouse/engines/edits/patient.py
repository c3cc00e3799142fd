"""Rules on code and patient: the age and sex a code speaks of, by the marks of the Medicare Code Editor."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from charthouse.engines.codesets import CodeBook
from charthouse.engines.edits.case import CodingCase
from charthouse.kit import Finding, Severity, Sex

# Medicare Code Editor, definitions manual: age conflict, in completed years, both ends included.
_AGES = {"newborn": (0, 0), "pediatric": (0, 17), "maternity": (9, 64), "adult": (15, 124)}


def check_patient(case: CodingCase, book: CodeBook) -> list[Finding]:
    """Diagnoses that do not go with the patient's age or sex."""
    return [*_born_later(case), *_age(case, book), *_sex(case, book)]


def _born_later(case: CodingCase) -> Iterator[Finding]:
    if case.birth_date and case.birth_date > case.dates.end:
        yield Finding(
            "claim.birth-date",
            Severity.FATAL,
            f"The patient was born on {case.birth_date}, after the service.",
            "X12 837 subscriber or patient DMG02",
            "patient",
        )


def _age(case: CodingCase, book: CodeBook) -> Iterator[Finding]:
    if case.birth_date is None or case.birth_date > case.dates.end:
        return
    age = _years(case.birth_date, case.dates.end)
    for diagnosis in case.ordered_diagnoses:
        for mark in sorted(book.validity.traits.get(diagnosis.code.value, frozenset()) & _AGES.keys()):
            youngest, oldest = _AGES[mark]
            if not youngest <= age <= oldest:
                yield Finding(
                    "mce.age",
                    Severity.WARNING,
                    f"{diagnosis.code.display} is for ages {youngest} to {oldest}; the patient is {age}.",
                    f"Medicare Code Editor, age conflict ({mark}), {book.release_label(case.diagnosis_date)}",
                    diagnosis.where,
                    diagnosis.code.display,
                )


def _sex(case: CodingCase, book: CodeBook) -> Iterator[Finding]:
    if case.sex is not Sex.MALE:
        return
    for diagnosis in case.ordered_diagnoses:
        if "maternity" in book.validity.traits.get(diagnosis.code.value, frozenset()):
            yield Finding(
                "mce.sex",
                Severity.WARNING,
                f"{diagnosis.code.display} is about pregnancy or birth; the patient's recorded sex is male.",
                f"Medicare Code Editor, maternity codes, {book.release_label(case.diagnosis_date)}",
                diagnosis.where,
                diagnosis.code.display,
            )


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
