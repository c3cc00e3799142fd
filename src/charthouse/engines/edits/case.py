"""What the rules look at: one encounter as coded, free of any database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from charthouse.engines.codesets import CodeBook
from charthouse.kit import Code, EncounterKind, Finding, ServiceDates, Sex


@dataclass(frozen=True, slots=True)
class CodedDiagnosis:
    """A diagnosis in its sequence; position 1 is the principal or first-listed one."""

    position: int
    code: Code
    poa: str = ""

    @property
    def where(self) -> str:
        """How findings name it."""
        return f"dx:{self.position}"


@dataclass(frozen=True, slots=True)
class CodedProcedure:
    """A procedure line. `on` is its date when it differs; `pointers` are positions of diagnoses that justify it."""

    position: int
    code: Code
    modifiers: tuple[str, ...] = ()
    units: int = 1
    on: date | None = None
    pointers: tuple[int, ...] = ()

    @property
    def where(self) -> str:
        """How findings name it."""
        return f"px:{self.position}"


@dataclass(frozen=True, slots=True)
class CodingCase:
    """Everything the rules may look at."""

    dates: ServiceDates
    diagnoses: Sequence[CodedDiagnosis] = ()
    procedures: Sequence[CodedProcedure] = ()
    sex: Sex = Sex.UNKNOWN
    birth_date: date | None = None
    setting: EncounterKind = EncounterKind.VISIT

    @property
    def diagnosis_date(self) -> date:
        """The day that decides which ICD-10-CM release applies: discharge for a stay, else the first day."""
        return self.dates.end if self.setting is EncounterKind.INPATIENT else self.dates.start

    @property
    def ordered_diagnoses(self) -> list[CodedDiagnosis]:
        """Diagnoses by position."""
        return sorted(self.diagnoses, key=lambda diagnosis: diagnosis.position)

    def date_of(self, procedure: CodedProcedure) -> date:
        """The day a procedure was done."""
        return procedure.on or self.dates.start


class RulePack(Protocol):
    """A named set of rules over one case."""

    @property
    def name(self) -> str:
        """A stable name for settings and reports."""
        ...

    @property
    def check(self) -> Callable[[CodingCase, CodeBook], list[Finding]]:
        """The rules: a case and the code book in, findings out, in any order."""
        ...


@dataclass(frozen=True, slots=True)
class Pack:
    """A rule pack made of one function."""

    name: str
    check: Callable[[CodingCase, CodeBook], list[Finding]]
