"""A code in a code system, written the way its system writes it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CodeSystem(StrEnum):
    """The code systems Charthouse speaks of; LOCAL is a practice's own charge master."""

    ICD10CM = "icd-10-cm"
    ICD10PCS = "icd-10-pcs"
    HCPCS = "hcpcs"
    CPT = "cpt"
    LOCAL = "local"
    SNOMED = "snomed-ct"
    LOINC = "loinc"
    RXNORM = "rxnorm"
    CVX = "cvx"
    OTHER = "other"


@dataclass(frozen=True, slots=True, order=True)
class Code:
    """A value in a system; ICD-10-CM values are kept without the dot and in capitals."""

    system: CodeSystem
    value: str

    @classmethod
    def icd10cm(cls, text: str) -> Code:
        """Take an ICD-10-CM code with or without its dot, in any case."""
        return cls(CodeSystem.ICD10CM, text.strip().replace(".", "").upper())

    @property
    def display(self) -> str:
        """The way people write it: `E11.22`, `G0463`."""
        if self.system is CodeSystem.ICD10CM and len(self.value) > 3:
            return f"{self.value[:3]}.{self.value[3:]}"
        return self.value

    def __str__(self) -> str:
        return self.display
