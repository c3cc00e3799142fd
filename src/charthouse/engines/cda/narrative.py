"""Narrative blocks as plain text in reading order: rows with tabs, bullets, one paragraph a line, no markup."""

from __future__ import annotations

from charthouse.engines.cda.values import attribute, children, find_all, local_name
from charthouse.engines.cda.xml import Element

_BLOCKS = {"paragraph", "list", "table", "text", "title", "caption", "div", "p"}
_DROPPED = {"script", "style", "colgroup", "col", "footnoteRef"}
_MOST_COLUMNS = 40
_LONGEST_LABEL = 500  # characters


class Narrative:
    """The parts of a document's narrative that entries can point at by ID."""

    def __init__(self, document: Element) -> None:
        texts = [text for section in document.iter("{urn:hl7-org:v3}section") for text in find_all(section, "text")]
        self._parts = {one.get("ID"): one for text in texts for one in text.iter() if one.get("ID")}
        self._read: dict[str, str] = {}

    def at(self, reference: str) -> str:
        """Text of the part a reference such as `#problem1` names, on one line; empty when there is none."""
        name = reference.removeprefix("#")
        part = self._parts.get(name)
        if part is not None and name not in self._read:
            self._read[name] = _beginning(part)
        return self._read.get(name, "")


def _beginning(part: Element) -> str:
    """The first words of a part on one line: a label, which a whole section would not be."""
    words: list[str] = []
    length = 0
    for text in part.itertext():
        words += str(text)[:_LONGEST_LABEL].split()
        length += len(text)
        if length > _LONGEST_LABEL:
            break
    return " ".join(words)[:_LONGEST_LABEL]


def plain_text(block: Element) -> str:
    """Text of a narrative block; paragraphs, list items and table rows each stand on a line of their own."""
    writer = _Writer()
    writer.block(block, "")
    return "\n".join(line.rstrip() for line in writer.lines if line.strip())


class _Writer:
    """Gathers lines; inline text goes to the open line until a block or a break closes it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._open: list[str] = []
        self._indent = ""

    def block(self, element: Element, indent: str) -> None:
        name = local_name(element)
        self._close()
        self._indent = indent
        if name == "table":
            self._table(element)
        elif name == "list":
            self._list(element, indent)
        else:
            self._inside(element, indent)
        self._close()

    def _inside(self, element: Element, indent: str) -> None:
        self._add(element.text)
        for name, child in children(element):
            if name in _BLOCKS:
                self.block(child, indent)
                self._indent = indent
            else:
                self._inline(name, child, indent)
            self._add(child.tail)

    def _inline(self, name: str, child: Element, indent: str) -> None:
        if name in _DROPPED or attribute(child, "revised") == "delete":
            return
        if name == "br":
            self._close()
        elif name == "footnote":
            self._add(f" [{_flat(child)}]")
        elif name == "sup":
            self._add(f"^{_flat(child)}")
        elif name == "renderMultiMedia":
            self._add(f" [picture: {_flat(child)}]" if _flat(child) else " [picture]")
        else:
            self._inside(child, indent)

    def _list(self, element: Element, indent: str) -> None:
        ordered = attribute(element, "listType") == "ordered"
        number = 0
        for name, child in children(element):
            if name != "item":
                self.block(child, indent)
                continue
            number += 1
            self._item(child, indent, f"{number}. " if ordered else "• ")

    def _item(self, item: Element, indent: str, mark: str) -> None:
        start = len(self.lines)
        self._inside(item, indent + "  ")
        self._close()
        if len(self.lines) > start:
            self.lines[start] = indent + mark + self.lines[start].lstrip()
        self._indent = indent

    def _table(self, table: Element) -> None:
        for name, part in children(table):
            if name == "caption":
                self.lines.append(_flat(part))
            elif name == "tr":
                self.lines.append(_row(part))
            elif name in ("thead", "tbody", "tfoot"):
                self.lines.extend(_row(row) for row in find_all(part, "tr"))

    def _add(self, text: str | None) -> None:
        if text:
            self._open.append(text)

    def _close(self) -> None:
        line = " ".join("".join(self._open).split())
        self._open = []
        if line:
            self.lines.append(self._indent + line)


def _row(row: Element) -> str:
    cells: list[str] = []
    for name, cell in children(row):
        if name in ("td", "th"):
            cells.append("; ".join(line.strip() for line in _cell_lines(cell)))
            cells.extend([""] * (_columns(cell) - 1))
    return "\t".join(cells).rstrip()


def _cell_lines(cell: Element) -> list[str]:
    writer = _Writer()
    writer.block(cell, "")
    return [line.replace("\t", " ") for line in writer.lines if line.strip()]


def _columns(cell: Element) -> int:
    written = attribute(cell, "colspan")
    return min(int(written), _MOST_COLUMNS) if written.isascii() and written.isdigit() and len(written) < 4 else 1


def _flat(element: Element) -> str:
    writer = _Writer()
    writer.block(element, "")
    return " ".join(line.strip() for line in writer.lines)
