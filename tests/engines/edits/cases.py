"""Short ways to write a coded case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from charthouse.engines.edits import CodedDiagnosis, CodedProcedure, CodingCase, run
from charthouse.kit import Code, CodeSystem, EncounterKind, Finding, ServiceDates, Sex
from tests.engines.codesets.books import code_book

DAY = date(2026, 11, 16)


def px(
    value: str = "G0463",
    *modifiers: str,
    units: int = 1,
    pointers: Sequence[int] = (1,),
    on: date | None = None,
    position: int = 1,
    system: CodeSystem = CodeSystem.HCPCS,
) -> CodedProcedure:
    return CodedProcedure(position, Code(system, value), modifiers, units, on, tuple(pointers))


def case(
    *codes: str,
    procedures: Sequence[CodedProcedure] | None = None,
    on: date = DAY,
    until: date | None = None,
    setting: EncounterKind = EncounterKind.VISIT,
    birth_date: date | None = None,
    sex: Sex = Sex.UNKNOWN,
) -> CodingCase:
    diagnoses = [CodedDiagnosis(place, Code.icd10cm(code)) for place, code in enumerate(codes, 1)]
    lines = [px()] if procedures is None else list(procedures)
    return CodingCase(ServiceDates(on, until or on), diagnoses, lines, sex, birth_date, setting)


def findings(one: CodingCase) -> list[Finding]:
    return run(one, code_book())


def rules(one: CodingCase) -> list[str]:
    return [finding.rule for finding in findings(one)]


def the(rule: str, one: CodingCase) -> Finding:
    found = [finding for finding in findings(one) if finding.rule == rule]
    assert len(found) == 1, rules(one)
    return found[0]
