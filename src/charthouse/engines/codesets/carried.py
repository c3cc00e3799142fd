"""A year of which the codes file is loaded but the tabular list is not: its own titles, the notes of another year."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from charthouse.engines.codesets.edition import Edition
from charthouse.engines.codesets.shelf import Volume
from charthouse.engines.codesets.tabular import Node, NodeKind

_CATEGORY = 3  # characters


def read_titles(volume: Volume) -> dict[str, str]:
    """Titles of a codes file by dotless code, headers among them where the file has them; long before short."""
    rows = volume.rows("SELECT code, long, short FROM code ORDER BY code")
    return {str(code): str(long or short) for code, long, short in rows if long or short}


def carried_nodes(base: Edition, titles: Mapping[str, str]) -> list[Node]:
    """The nodes of another edition under new titles, with the codes it lacks under the longest code they extend.

    A whole new category follows the one before it in the alphabet. Codes that the base spells out by a 7th character
    keep its wording.
    """
    lacking = [code for code in titles if not base.has_text(code)]
    known = {node.name for node in base.nodes if node.kind is NodeKind.CODE}
    categories = sorted(name for name in known if len(name) == _CATEGORY)
    stems = known.union(lacking)
    below: dict[str, list[str]] = defaultdict(list)
    after: dict[str, list[str]] = defaultdict(list)
    for code in lacking:
        stem = next((code[:size] for size in range(len(code) - 1, _CATEGORY - 1, -1) if code[:size] in stems), "")
        place = bisect_left(categories, code)
        if stem:
            below[stem].append(code)
        elif place:
            after[categories[place - 1]].append(code)
    return _Writer(base.nodes, titles, below, after).written()


class _Writer:
    """Writes nodes out in document order, places counted anew."""

    def __init__(
        self,
        nodes: Sequence[Node],
        titles: Mapping[str, str],
        below: Mapping[str, Sequence[str]],
        after: Mapping[str, Sequence[str]],
    ) -> None:
        self._nodes, self._titles, self._below, self._after = nodes, titles, below, after
        self._out: list[Node] = []

    def written(self) -> list[Node]:
        """Every node."""
        place = 0
        while place < len(self._nodes):
            place = self._copy(place, -1)
        return self._out

    def _copy(self, place: int, parent: int) -> int:
        """Write an old node with all under it and the new ones after it; say where the next old one stands."""
        node = self._nodes[place]
        is_code = node.kind is NodeKind.CODE
        title = self._titles.get(node.name, node.title) if is_code else node.title
        here = self._add(replace(node, title=title, parent=parent))
        waiting = list(self._below.get(node.name, ())) if is_code else []
        place += 1
        while place < node.end:
            while waiting and waiting[0] < self._nodes[place].name:
                self._add_new(waiting.pop(0), here)
            place = self._copy(place, here)
        for code in waiting:
            self._add_new(code, here)
        self._out[here].end = len(self._out)
        for code in self._after.get(node.name, ()) if is_code else ():
            self._add_new(code, parent)
        return place

    def _add_new(self, code: str, parent: int) -> None:
        here = self._add(Node(NodeKind.CODE, code, self._titles[code], parent))
        for under in self._below.get(code, ()):
            self._add_new(under, here)
        self._out[here].end = len(self._out)

    def _add(self, node: Node) -> int:
        self._out.append(node)
        return len(self._out) - 1
