"""The ICD-10-CM tabular list (`ICD10CM.tabular`), with every note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Head, Reader, Recognised, Row
from charthouse.engines.codesets.loading.source import Source
from charthouse.engines.codesets.readers.cells import counted
from charthouse.engines.codesets.readers.icd.codes import CM
from charthouse.engines.codesets.readers.icd.lines import Once
from charthouse.engines.codesets.readers.icd.xml import elements, is_root, refuse_other_year, version_in
from charthouse.engines.codesets.readers.icd.years import release_of
from charthouse.engines.codesets.shelf import Canary, Sheet, Table, Volume
from charthouse.engines.codesets.tabular import Node, NodeKind, nodes_under

_ROOT = "ICD10CM.tabular"
_NODE = ("position INTEGER", "kind TEXT", "name TEXT", "title TEXT", "parent INTEGER", "end_ INTEGER")
_NOTE = ("position INTEGER", "place INTEGER", "kind TEXT", "line INTEGER", "text TEXT")
_SHEETS = (
    Sheet("node", (*_NODE, "is_placeholder INTEGER"), ("position",)),
    Sheet("note", _NOTE, ("position", "place", "line")),
    Sheet("term", ("position INTEGER", "place INTEGER", "text TEXT"), ("position", "place")),
    Sheet("seventh", ("position INTEGER", "place INTEGER", "character TEXT", "meaning TEXT"), ("position", "place")),
)
_CHAPTERS = 22
_APRIL_2026 = {"section": 297, "code": 46_881}
_APRIL_2026_TERMS = 12_574


def _recognise(head: Head) -> Recognised | None:
    if not is_root(head, _ROOT):
        return None
    return release_of(Table.ICD10CM_TABULAR, head.name, version_in(head.data))


def _read(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    refuse_other_year(sources[0], faults)
    once, position = Once(faults), 0
    for chapter in elements(sources[0], _ROOT, ("chapter",), faults):
        for node, line in nodes_under(chapter, position):
            _check(node, line, once, faults)
            yield from _rows(position, node)
            position += 1


def _check(node: Node, line: int, once: Once, faults: Faults) -> None:
    if node.kind is NodeKind.CODE and not CM.fullmatch(node.name):
        faults.add("code", "Not an ICD-10-CM code.", line=line, column="name", value=node.name)
    elif not node.name:
        faults.add("name", f"A {node.kind} without a name.", line=line, column="name")
    elif once.is_first((node.kind, node.name), node.name, line, "name") and not node.title:
        faults.add("title", "There is no title.", line=line, column="desc", value=node.name)
    for character, _ in node.seventh:
        if len(character) != 1 or not character.isascii() or not character.isalnum():
            faults.add("seventh", "A 7th character is one letter or digit.", line=line, column="char", value=character)


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
    question = "SELECT count(*) FROM node WHERE kind = '{}'"
    found = [counted(volume, "chapters", question.format("chapter"), _CHAPTERS)]
    if what.label == "FY 2026 (April)":
        found += [counted(volume, f"{kind}s", question.format(kind), count) for kind, count in _APRIL_2026.items()]
        found.append(counted(volume, "inclusion terms", "SELECT count(*) FROM term", _APRIL_2026_TERMS))
    return found


READER = Reader("icd-10-cm tabular xml", _SHEETS, _recognise, _read, _canaries)
