"""The ICD-10-CM tabular list (`ICD10CM.tabular`), with every note."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Head, Reader, Recognised, Row
from charthouse.engines.codesets.loading.source import Source
from charthouse.engines.codesets.readers.cells import counted, fiscal
from charthouse.engines.codesets.readers.icd.xml import refuse_declarations, refuse_xml, version_in, year_of
from charthouse.engines.codesets.shelf import Canary, Sheet, Table, Volume
from charthouse.engines.codesets.tabular import Node, NodeKind, nodes_in

_SHEETS = (
    Sheet(
        "node",
        (
            "position INTEGER",
            "kind TEXT",
            "name TEXT",
            "title TEXT",
            "parent INTEGER",
            "end_ INTEGER",
            "is_placeholder INTEGER",
        ),
        ("position",),
    ),
    Sheet(
        "note",
        ("position INTEGER", "place INTEGER", "kind TEXT", "line INTEGER", "text TEXT"),
        ("position", "place", "line"),
    ),
    Sheet("term", ("position INTEGER", "place INTEGER", "text TEXT"), ("position", "place")),
    Sheet("seventh", ("position INTEGER", "place INTEGER", "character TEXT", "meaning TEXT"), ("position", "place")),
)
_CODE = re.compile(r"[A-Z][0-9A-Z]{2,6}", re.ASCII)


def _recognise(head: Head) -> Recognised | None:
    if b"<ICD10CM.tabular" not in head.data:
        return None
    version = version_in(head.data)
    year = year_of(version) or year_of(head.name)
    if not year:
        return Recognised(Table.ICD10CM_TABULAR, version or "tabular list", None, None)
    is_april = "apr" in f"{version} {head.name}".lower()
    starts, ends = fiscal(year, is_april=is_april)
    return Recognised(Table.ICD10CM_TABULAR, f"FY {year}{' (April)' if is_april else ''}", starts, ends)


def _read(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    refuse_declarations(sources[0].head(), faults)
    named, version = year_of(sources[0].name), year_of(version_in(sources[0].head()))
    if named and version and named != version:
        message = f"The name says {named}, the file itself says {version}."
        faults.add("wrong-year", message, column="version", value=str(version), mend="Load it under its own name.")
        faults.settle()
    nodes: list[Node] = []
    with sources[0].open() as stream:
        try:
            nodes = nodes_in(stream)
        except etree.XMLSyntaxError as error:
            refuse_xml(error, faults)
    for position, node in enumerate(nodes):
        if node.kind is NodeKind.CODE and not _CODE.fullmatch(node.name):
            faults.add("code", "Not an ICD-10-CM code.", column="name", value=node.name)
        yield from _rows(position, node)


def _rows(position: int, node: Node) -> Iterator[Row]:
    yield (
        "node",
        (position, node.kind.value, node.name, node.title, node.parent, node.end, int(node.is_placeholder)),
    )
    for place, (kind, texts) in enumerate(node.notes):
        for line, text in enumerate(texts):
            yield "note", (position, place, kind.value, line, text)
    for place, term in enumerate(node.inclusion_terms):
        yield "term", (position, place, term)
    for place, (character, meaning) in enumerate(node.seventh):
        yield "seventh", (position, place, character, meaning)


def _canaries(volume: Volume, what: Recognised) -> Sequence[Canary]:
    found = [counted(volume, "chapters", "SELECT count(*) FROM node WHERE kind = 'chapter'", 22)]
    if what.label == "FY 2026 (April)":
        found += [
            counted(volume, "sections", "SELECT count(*) FROM node WHERE kind = 'section'", 297),
            counted(volume, "codes", "SELECT count(*) FROM node WHERE kind = 'code'", 46_881),
            counted(volume, "inclusion terms", "SELECT count(*) FROM term", 12_574),
        ]
    return found


READER = Reader("icd-10-cm tabular xml", _SHEETS, _recognise, _read, _canaries)
