"""The Alphabetic Index and its relatives as pages: letters, main terms, and everything under one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode

from charthouse.apps.reference.selectors import code_book
from charthouse.engines.codesets import IndexCell, IndexEntry, IndexTerms
from charthouse.engines.codesets.shelf import Table
from charthouse.web.presenters.codebook.links import Piece, pieces

LABELS = {
    Table.ICD10CM_INDEX: "Diseases and injuries",
    Table.ICD10CM_NEOPLASM: "Neoplasms",
    Table.ICD10CM_DRUG: "Drugs and chemicals",
    Table.ICD10CM_EXTERNAL_CAUSE: "External causes",
}
_WITH_CELLS = frozenset({Table.ICD10CM_NEOPLASM, Table.ICD10CM_DRUG})
MOST_FOUND = 200


@dataclass(frozen=True, slots=True)
class Row:
    """An entry: its words, how deep it stands, its codes as links, and where it sends the reader."""

    title: str
    beside: str
    depth: int
    url: str
    codes: tuple[Piece, ...]
    see: tuple[tuple[str, str], ...]
    cells: tuple[tuple[str, tuple[Piece, ...]], ...]


@dataclass(frozen=True, slots=True)
class IndexPage:
    """One page of an index. `release` is empty where it is not loaded."""

    table: str
    label: str
    release: str
    tables: tuple[tuple[str, str, bool], ...]
    letters: tuple[tuple[str, str, bool], ...]
    title: str
    rows: tuple[Row, ...]


def index_page(table: Table, asked: dict[str, str], on: date) -> IndexPage:
    """What was asked for: words to find (`q`), a term (`see`), all under an entry (`under`), or a letter's terms."""
    index = code_book().index
    release = index.release(on, table) if index else None
    tables = tuple((_url(one, on), label, one is table) for one, label in LABELS.items())
    if index is None or release is None:
        return IndexPage(table.value, LABELS[table], "", tables, (), "", ())
    all_letters = index.letters(on, table)
    letter = asked.get("letter") or (all_letters[0] if all_letters else "")
    title, found = _found(index, table, {**asked, "letter": letter}, on)
    is_browsing = not (asked.get("q") or asked.get("see") or asked.get("under"))
    letters = tuple((one, _url(table, on, letter=one), is_browsing and one == letter) for one in all_letters)
    rows = tuple(_row(index, table, entry, on) for entry in found)
    return IndexPage(table.value, LABELS[table], release.label, tables, letters, title, rows)


def _found(index: IndexTerms, table: Table, asked: dict[str, str], on: date) -> tuple[str, Iterable[IndexEntry]]:
    words, see = asked.get("q", ""), asked.get("see", "")
    if words:
        return f"Entries with “{words}”", index.find(words, on, MOST_FOUND, table)
    if see:
        return f"Entries with “{see}”", index.find(see.replace(",", " "), on, MOST_FOUND, table)
    if asked.get("under", "").isascii() and asked.get("under", "").isdigit():
        found = index.branch(int(asked["under"][:9]), on, table)
        return (found[0].path if found else "No such entry"), found
    return asked["letter"], index.main_terms(asked["letter"], on, table)


def _row(index: IndexTerms, table: Table, entry: IndexEntry, on: date) -> Row:
    cells = index.cells(entry.number, on, table) if table in _WITH_CELLS else ()
    return Row(
        title=entry.title,
        beside=entry.nonessential,
        depth=min(entry.level, 9),
        url=_url(table, on, under=str(entry.number)),
        codes=pieces(entry.code, on),
        see=tuple(_see(table, entry, on)),
        cells=tuple(_cells(cells, on)),
    )


def _see(table: Table, entry: IndexEntry, on: date) -> Iterator[tuple[str, str]]:
    for word, text in (("see", entry.see), ("see also", entry.see_also)):
        if text:
            yield f"{word} {text}", _url(table, on, see=text)


def _cells(cells: Iterable[IndexCell], on: date) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    for cell in cells:
        yield cell.heading, pieces(cell.code, on)


def _url(table: Table, on: date, **more: str) -> str:
    return f"{reverse('codebook:index')}?{urlencode({'table': table.value, 'on': on.isoformat(), **more})}"
