"""Loaded releases as the code book needs them: editions of the tabular list, titles, HCPCS Level II."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from charthouse.engines.codesets.edition import Edition
from charthouse.engines.codesets.entries import HcpcsEntry
from charthouse.engines.codesets.shelf import Release, ReleaseState, Shelf, Table, Volume
from charthouse.engines.codesets.tabular import Node, NodeKind, NoteKind
from charthouse.engines.codesets.validity import as_date
from charthouse.kit import Code, CodeSystem

_OPEN_END = date(9999, 12, 31)


def loaded_editions(shelf: Shelf) -> list[Edition]:
    """Every edition of the tabular list that is in force."""
    return [
        Edition(read_nodes(shelf.volume(one)), one.label, one.starts, one.ends or _OPEN_END)
        for one in in_force(shelf, Table.ICD10CM_TABULAR)
    ]


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


def loaded_hcpcs(shelf: Shelf, day: date) -> Mapping[str, HcpcsEntry] | None:
    """HCPCS Level II codes of the release that answers for a day, by value; None when none is loaded for it."""
    releases = shelf.on(Table.HCPCS, day)
    if not releases:
        return None
    return {
        str(code): HcpcsEntry(
            Code(CodeSystem.HCPCS, str(code)),
            str(long or short),
            "",
            _day(added) or releases[0].starts,
            _day(terminated),
        )
        for code, long, short, added, terminated in shelf.volume(releases[0]).rows(
            "SELECT code, long, short, added, terminated FROM code ORDER BY code"
        )
    }


def _day(number: object) -> date | None:
    return as_date(int(str(number))) if number else None
