"""Loaded releases as the code book needs them: editions of the tabular list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import partial

from charthouse.engines.codesets.carried import carried_nodes, read_titles
from charthouse.engines.codesets.edition import Edition, edition_on
from charthouse.engines.codesets.shelf import Release, ReleaseState, Shelf, Table, Volume
from charthouse.engines.codesets.tabular import Node, NodeKind, NoteKind

_OPEN_END = date(9999, 12, 31)


def loaded_editions(shelf: Shelf) -> list[Edition]:
    """Every edition of the tabular list that is in force; read when first asked for."""
    return [
        Edition(partial(read_nodes, shelf.volume(one)), one.label, one.starts, one.ends or _OPEN_END)
        for one in in_force(shelf, Table.ICD10CM_TABULAR)
    ]


def carried_editions(shelf: Shelf, editions: Sequence[Edition]) -> list[Edition]:
    """Editions for loaded codes files of days for which there is no tabular list: their titles, older notes."""
    found = []
    for one in in_force(shelf, Table.ICD10CM_CODES):
        if not any(edition.covers(one.starts) for edition in editions):
            base = edition_on(editions, one.starts)
            nodes = partial(_carried, base, shelf.volume(one))
            found.append(Edition(nodes, f"{one.label} titles, {base.name} notes", one.starts, one.ends or _OPEN_END))
    return found


def _carried(base: Edition, volume: Volume) -> list[Node]:
    return carried_nodes(base, read_titles(volume))


def in_force(shelf: Shelf, table: Table) -> list[Release]:
    """The releases of a table that are not withdrawn."""
    return [one for one in shelf.releases(table) if one.state is ReleaseState.IN_FORCE]


def read_nodes(volume: Volume) -> list[Node]:
    """The nodes of a loaded tabular list, as `read_tabular` gives them."""
    notes: dict[int, dict[int, tuple[NoteKind, list[str]]]] = defaultdict(dict)
    for at, place, kind, _, text in volume.rows("SELECT * FROM note ORDER BY position, place, line"):
        notes[int(str(at))].setdefault(int(str(place)), (NoteKind(str(kind)), []))[1].append(str(text))
    terms: dict[int, list[str]] = defaultdict(list)
    for at, _, text in volume.rows("SELECT * FROM term ORDER BY position, place"):
        terms[int(str(at))].append(str(text))
    seventh: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for at, _, character, meaning in volume.rows("SELECT * FROM seventh ORDER BY position, place"):
        seventh[int(str(at))].append((str(character), str(meaning)))
    nodes = []
    for at, kind, name, title, parent, end, is_placeholder in volume.rows("SELECT * FROM node ORDER BY position"):
        place = int(str(at))
        nodes.append(
            Node(
                NodeKind(str(kind)),
                str(name),
                str(title),
                int(str(parent)),
                int(str(end)),
                tuple((sort, tuple(lines)) for sort, lines in notes[place].values()) if place in notes else (),
                tuple(terms[place]) if place in terms else (),
                tuple(seventh[place]) if place in seventh else (),
                bool(is_placeholder),
            )
        )
    return nodes
