"""Entries of the index files as rows: numbered in the order of the file, each with the way down to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Row
from charthouse.engines.codesets.readers.icd.xml import line_of, text_in
from charthouse.engines.codesets.shelf import Sheet

ENTRY = Sheet(
    "entry",
    (
        "number INTEGER", "parent INTEGER", "level INTEGER", "letter TEXT", "title TEXT", "nonessential TEXT",
        "code TEXT", "manifestation TEXT", "see TEXT", "see_also TEXT", "path TEXT", "warning TEXT",
    ),
    ("number",),
    (("parent",), ("title",), ("code",)),
)  # fmt: skip
CELL = Sheet("cell", ("entry INTEGER", "position INTEGER", "heading TEXT", "code TEXT"), ("entry", "position"))
_ONE = r"[A-Z][0-9A-Z]{2}(?:\.[0-9A-Z]{0,4})?\.?-?"
_CODE = re.compile(rf"{_ONE}(?:-{_ONE})?", re.ASCII)  # a few entries of some years give a range
_NONE = frozenset({"", "-", "--"})  # how the tables write that a column has no code
_REFERENCES = {"see": "", "seecat": "category ", "subcat": "subcategory "}


class Entries:
    """Makes rows of main terms, one after the other. `headings` names the columns of the two tables."""

    def __init__(self, faults: Faults) -> None:
        self.headings: dict[str, str] = {}
        self._faults, self._number = faults, 0

    def under(
        self, element: etree._Element, letter: str, parent: int = 0, level: int = 0, above: str = ""
    ) -> Iterator[Row]:
        """A main term or term, and all under it."""
        self._number += 1
        number, title = self._number, element.find("title")
        words = _own_words(title)
        nonessential = " ".join(text_in(one) for one in title.iter("nemod")) if title is not None else ""
        if not words and not nonessential:
            self._faults.add("title", "An entry without a title.", line=line_of(element), column="title")
        path = f"{above}, {words}" if above and words else above or words
        code = ", ".join(self._checked(text_in(one), one) for one in element.iterchildren("code"))
        yield (
            "entry",
            (
                number, parent, level, letter, words, nonessential, code, _all(element, "manif", ", "),
                "; ".join(_references(element)), _all(element, "seeAlso", "; "), path, _all(element, "warning", "; "),
            ),
        )  # fmt: skip
        yield from self._cells(element, number)
        for term in element.iterchildren("term"):
            yield from self.under(term, letter, number, level + 1, path)

    def _cells(self, element: etree._Element, number: int) -> Iterator[Row]:
        seen: set[str] = set()
        for cell in element.iterchildren("cell"):
            column, code = cell.get("col", ""), text_in(cell)
            if not re.fullmatch(r"[1-9]", column) or column in seen:
                message = "A cell without a column of its own."
                self._faults.add("cell", message, line=line_of(cell), column="col", value=column)
            elif code not in _NONE:
                seen.add(column)
                heading = self.headings.get(column, column)
                yield "cell", (number, int(column), heading, self._checked(code, cell))

    def _checked(self, code: str, element: etree._Element) -> str:
        if not _CODE.fullmatch(code):
            column = str(element.tag)
            self._faults.add("code", "Not an ICD-10-CM code.", line=line_of(element), column=column, value=code)
        return code


def _references(element: etree._Element) -> Iterator[str]:
    for one in element.iterchildren(*_REFERENCES):
        yield _REFERENCES[str(one.tag)] + text_in(one)


def _all(element: etree._Element, tag: str, between: str) -> str:
    return between.join(text_in(one) for one in element.iterchildren(tag))


def _own_words(title: etree._Element | None) -> str:
    """A title without its nonessential modifiers; what stands after them belongs to it (`Accident NEC`)."""
    if title is None:
        return ""
    parts = [title.text or "", *(child.tail or "" for child in title)]
    return " ".join(" ".join(parts).split())
