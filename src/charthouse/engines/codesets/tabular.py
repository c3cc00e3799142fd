"""The ICD-10-CM tabular list as a flat list of nodes in document order, read from its official XML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from charthouse.kit import Refusal, Refused


class NodeKind(StrEnum):
    """The levels of the tabular list."""

    CHAPTER = "chapter"
    SECTION = "section"
    CODE = "code"


class NoteKind(StrEnum):
    """The kinds of instruction that stand at a node and hold for everything under it."""

    INCLUDES = "includes"
    EXCLUDES1 = "excludes1"
    EXCLUDES2 = "excludes2"
    CODE_FIRST = "code-first"
    USE_ADDITIONAL = "use-additional"
    CODE_ALSO = "code-also"
    SEVENTH_CHARACTER = "seventh-character"
    NOTE = "note"


_NOTE_TAGS = {
    "includes": NoteKind.INCLUDES,
    "excludes1": NoteKind.EXCLUDES1,
    "excludes2": NoteKind.EXCLUDES2,
    "codeFirst": NoteKind.CODE_FIRST,
    "useAdditionalCode": NoteKind.USE_ADDITIONAL,
    "codeAlso": NoteKind.CODE_ALSO,
    "sevenChrNote": NoteKind.SEVENTH_CHARACTER,
    "notes": NoteKind.NOTE,
}


@dataclass(slots=True)
class Node:
    """A chapter, section or code. `name` is dotless for codes; `end` is one past the last node under it."""

    kind: NodeKind
    name: str
    title: str
    parent: int
    end: int = 0
    notes: tuple[tuple[NoteKind, tuple[str, ...]], ...] = ()
    inclusion_terms: tuple[str, ...] = ()
    seventh: tuple[tuple[str, str], ...] = ()
    is_placeholder: bool = False


def read_tabular(path: Path) -> list[Node]:
    """Read every chapter; raise Refused when the file is not a readable tabular list."""
    try:
        with path.open("rb") as stream:
            nodes = nodes_in(stream)
    except (etree.XMLSyntaxError, OSError) as error:
        raise Refused(Refusal(path.name, "", "codesets.tabular", "The tabular list cannot be read.")) from error
    if not nodes:
        raise Refused(Refusal(path.name, "", "codesets.tabular", "The tabular list holds no chapter."))
    return nodes


def nodes_in(stream: BinaryIO) -> list[Node]:
    """Every node of a tabular list in document order; raise XMLSyntaxError where it is broken."""
    nodes: list[Node] = []
    for _, element in etree.iterparse(
        stream, tag="chapter", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    ):
        nodes += (node for node, _ in nodes_under(element, len(nodes)))
        element.clear()
    return nodes


def nodes_under(chapter: etree._Element, first: int) -> list[tuple[Node, int]]:
    """A chapter and all under it in document order, each with its line; `first` is the place of the chapter itself."""
    found: list[tuple[Node, int]] = []
    _add(found, first, chapter, NodeKind.CHAPTER, -1)
    return found


def _add(found: list[tuple[Node, int]], first: int, element: etree._Element, kind: NodeKind, parent: int) -> None:
    """Append an element and all under it."""
    index = first + len(found)
    node = Node(kind, "", "", parent, is_placeholder=element.get("placeholder") == "true")
    found.append((node, int(str(element.sourceline))))
    notes: list[tuple[NoteKind, tuple[str, ...]]] = []
    for child in element:
        tag = child.tag
        if tag == "diag":
            _add(found, first, child, NodeKind.CODE, index)
        elif tag == "section":
            _add(found, first, child, NodeKind.SECTION, index)
        elif tag == "name":
            node.name = (child.text or "").strip().replace(".", "")
        elif tag == "desc":
            node.title = " ".join((child.text or "").split())
        elif tag == "inclusionTerm":
            node.inclusion_terms += _lines(child)
        elif tag == "sevenChrDef":
            node.seventh = tuple(_extensions(child))
        elif tag in _NOTE_TAGS:
            notes.append((_NOTE_TAGS[str(tag)], _lines(child)))
    if kind is NodeKind.SECTION:
        node.name = element.get("id", "")
    node.notes = tuple(notes)
    node.end = first + len(found)


def _lines(element: etree._Element) -> tuple[str, ...]:
    texts = (" ".join("".join(map(str, note.itertext())).split()) for note in element.iter("note"))
    return tuple(text for text in texts if text)


def _extensions(element: etree._Element) -> Iterable[tuple[str, str]]:
    for extension in element.iter("extension"):
        yield extension.get("char", ""), " ".join((extension.text or "").split())
