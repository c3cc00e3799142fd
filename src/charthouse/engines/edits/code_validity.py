"""Rules on single codes: known, complete, and valid on the date of service."""

from __future__ import annotations

from charthouse.engines.codesets import CodeBook, Validity, ValidityState
from charthouse.engines.edits import mends
from charthouse.engines.edits.case import CodedDiagnosis, CodingCase
from charthouse.kit import Code, CodeSystem, Finding, Severity

_MOST_MENDS = 8
_DIAGNOSIS_RULES = {
    ValidityState.HEADER: "icd10cm.incomplete",
    ValidityState.UNKNOWN: "icd10cm.unknown",
    ValidityState.NOT_YET: "icd10cm.validity",
    ValidityState.EXPIRED: "icd10cm.validity",
    ValidityState.NO_DATA: "icd10cm.validity",
}


def check_codes(case: CodingCase, book: CodeBook) -> list[Finding]:
    """Every diagnosis and procedure code against its table on its day."""
    found = [finding for diagnosis in case.diagnoses if (finding := _diagnosis(diagnosis, case, book))]
    for procedure in case.procedures:
        if procedure.code.system is CodeSystem.LOCAL:
            continue  # a practice's own charge master is its own authority
        on = case.date_of(procedure)
        validity = book.is_valid(procedure.code, on)
        if not validity.is_valid:
            rule = f"{procedure.code.system}.validity"
            found.append(_finding(rule, procedure.where, procedure.code, validity, f"on {on}"))
    return found


def _diagnosis(diagnosis: CodedDiagnosis, case: CodingCase, book: CodeBook) -> Finding | None:
    on = case.diagnosis_date
    validity = book.is_valid(diagnosis.code, on)
    if validity.is_valid:
        return None
    if diagnosis.code.system is not CodeSystem.ICD10CM:
        return Finding(
            "icd10cm.system",
            Severity.FATAL,
            f"{diagnosis.code.display} is not an ICD-10-CM code; diagnoses are reported in ICD-10-CM.",
            "45 CFR 162.1002",
            diagnosis.where,
            diagnosis.code.display,
            mends=(mends.remove(diagnosis.where, diagnosis.code.display),),
        )
    return _finding(_DIAGNOSIS_RULES[validity.state], diagnosis.where, diagnosis.code, validity, f"on {on}", book, case)


def _finding(
    rule: str,
    where: str,
    code: Code,
    validity: Validity,
    day: str,
    book: CodeBook | None = None,
    case: CodingCase | None = None,
) -> Finding:
    ways = []
    if book and case and validity.state is ValidityState.HEADER:
        choices = [choice for choice in book.completions(code, case.diagnosis_date) if choice.is_billable]
        ways = [mends.replace(where, choice.code, choice.meaning) for choice in choices[:_MOST_MENDS]]
    return Finding(
        rule,
        Severity.NO_DATA if validity.state is ValidityState.NO_DATA else Severity.FATAL,
        f"{code.display} cannot be reported {day}: {validity.text}."
        if validity.state is not ValidityState.NO_DATA
        else f"{code.display} was not checked {day}: {validity.text}.",
        _citation(validity),
        where,
        code.display,
        mends=(*ways, mends.remove(where, code.display)) if validity.state is not ValidityState.NO_DATA else (),
    )


def _citation(validity: Validity) -> str:
    if validity.valid_from is None:
        return validity.release
    until = f"to {validity.valid_to}" if validity.valid_to else "with no end known"
    return f"{validity.release}: valid from {validity.valid_from} {until}"
