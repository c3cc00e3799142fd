"""The Alphabetic Index and its relatives, where they are loaded."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema

from charthouse.apps.core.clock import today
from charthouse.apps.core.errors import Conflict
from charthouse.apps.reference.selectors import code_book
from charthouse.engines.codesets import IndexEntry, IndexTerms
from charthouse.engines.codesets.shelf import Table

router = Router(tags=["index"])
IndexName = Literal["icd-10-cm-index", "icd-10-cm-neoplasm", "icd-10-cm-drug", "icd-10-cm-external-cause"]


class CellOut(Schema):
    """A column of the neoplasm or drug table."""

    heading: str
    code: str


class EntryOut(Schema):
    """An entry: its words, what may stand beside them, where they lead, and its columns."""

    number: int
    level: int
    title: str
    nonessential: str
    code: str
    see: str
    see_also: str
    path: str
    cells: list[CellOut] = []


class IndexOut(Schema):
    """Entries of an index, the release that answers, and the letters it has."""

    on: date
    release: str
    letters: list[str]
    entries: list[EntryOut]


class LookUpIn(Schema):
    """Words to look up in an index."""

    q: str = Field(max_length=200)
    on: date | None = None
    limit: int = Field(50, ge=1, le=200)


@router.get("/index/{table}", response=IndexOut, url_name="index_entries")
def index_entries(
    request: HttpRequest, table: IndexName, letter: str = "", under: int | None = None, on: date | None = None
) -> IndexOut:
    """The main terms of a letter, or an entry and all under it (`under`)."""
    day, wanted = on or today(), Table(table)
    index = _loaded(wanted, day)
    found: tuple[IndexEntry, ...] = ()
    if under is not None:
        found = index.branch(min(max(under, 0), 10**9), day, wanted)
    elif letter:
        found = index.main_terms(letter[:40], day, wanted)
    return _page(index, found, day, wanted)


@router.post("/index/{table}/find", response=IndexOut, url_name="find_in_index")
def find_in_index(request: HttpRequest, table: IndexName, asked: LookUpIn) -> IndexOut:
    """Entries whose way from the main term down has every word."""
    day, wanted = asked.on or today(), Table(table)
    index = _loaded(wanted, day)
    return _page(index, index.find(asked.q, day, asked.limit, wanted), day, wanted)


def _loaded(table: Table, on: date) -> IndexTerms:
    index = code_book().index
    if index is None or index.release(on, table) is None:
        raise Conflict(
            f"{table.value} is not loaded for {on}.",
            code="codesets.not-loaded",
            mend="Load the file of its publisher: on the page What is loaded, or with charthouse codes load.",
        )
    return index


def _page(index: IndexTerms, found: tuple[IndexEntry, ...], on: date, table: Table) -> IndexOut:
    release = index.release(on, table)
    entries = [_entry(index, one, on, table) for one in found]
    return IndexOut(
        on=on, release=release.label if release else "", letters=list(index.letters(on, table)), entries=entries
    )


def _entry(index: IndexTerms, one: IndexEntry, on: date, table: Table) -> EntryOut:
    has_cells = table in {Table.ICD10CM_NEOPLASM, Table.ICD10CM_DRUG}
    cells = index.cells(one.number, on, table) if has_cells else ()
    return EntryOut(
        number=one.number,
        level=one.level,
        title=one.title,
        nonessential=one.nonessential,
        code=one.code,
        see=one.see,
        see_also=one.see_also,
        path=one.path,
        cells=[CellOut(heading=cell.heading, code=cell.code) for cell in cells],
    )
