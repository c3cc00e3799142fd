"""The four index files of ICD-10-CM (`ICD10CM.index`): alphabetic, external cause, neoplasms, drugs.

`letter > mainTerm(title(nemod), see, seeAlso, code, manif, cell[@col], term[@level](…))`; the two tables name their
columns in `indexHeading/head`. Codes may end in `-`: more characters are needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Head, Reader, Recognised, Row
from charthouse.engines.codesets.loading.source import Source
from charthouse.engines.codesets.readers.cells import fiscal, no_canaries
from charthouse.engines.codesets.readers.icd.xml import refuse_declarations, refuse_xml, version_in, year_of
from charthouse.engines.codesets.shelf import Sheet, Table

_ENTRY = Sheet(
    "entry",
    (
        "number INTEGER", "parent INTEGER", "level INTEGER", "letter TEXT", "title TEXT", "nonessential TEXT",
        "code TEXT", "manifestation TEXT", "see TEXT", "see_also TEXT", "path TEXT",
    ),
    ("number",),
    (("parent",), ("title",), ("code",)),
)  # fmt: skip
_CELL = Sheet("cell", ("entry INTEGER", "position INTEGER", "heading TEXT", "code TEXT"), ("entry", "position"))
_CODE = re.compile(r"[A-Z][0-9A-Z]{2}(?:\.[0-9A-Z]{0,4})?\.?-?", re.ASCII)
_KINDS = (
    (b"Neoplasm", Table.ICD10CM_NEOPLASM, "neoplasm"),
    (b"DRUG", Table.ICD10CM_DRUG, "drug"),
    (b"External Cause", Table.ICD10CM_EXTERNAL_CAUSE, "eindex"),
)


def _recognise(head: Head) -> Recognised | None:
    if b"<ICD10CM.index" not in head.data:
        return None
    title = re.search(rb"</version>\s*<title>([^<]*)</title>", head.data)
    told = (title[1] if title else b"").lower()
    table = next(
        (table for mark, table, name in _KINDS if mark.lower() in told or name in head.name.lower()),
        Table.ICD10CM_INDEX,
    )
    year = year_of(version_in(head.data)) or year_of(head.name)
    starts, ends = fiscal(year) if year else (None, None)
    return Recognised(table, f"FY {year}" if year else "index", starts, ends)


def _read(sources: Sequence[Source], what: Recognised, faults: Faults) -> Iterator[Row]:
    refuse_declarations(sources[0].head(), faults)
    walk = _Walk(faults)
    with sources[0].open() as stream:
        events = etree.iterparse(
            stream, events=("end",), tag=("head", "letter"),
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        )  # fmt: skip
        try:
            for _, element in events:
                if element.tag == "head":
                    walk.headings[element.get("col", "")] = _text(element)
                else:
                    yield from walk.letter(element)
                    element.clear()
        except etree.XMLSyntaxError as error:
            refuse_xml(error, faults)


class _Walk:
    """Numbers entries in document order."""

    def __init__(self, faults: Faults) -> None:
        self.headings: dict[str, str] = {}
        self._faults, self._number = faults, 0

    def letter(self, element: etree._Element) -> Iterator[Row]:
        """Every entry under a letter."""
        letter = _text(element.find("title"))
        for term in element.iterchildren("mainTerm"):
            yield from self._entry(term, letter, 0, 0, "")

    def _entry(self, element: etree._Element, letter: str, parent: int, level: int, above: str) -> Iterator[Row]:
        self._number += 1
        number, title = self._number, element.find("title")
        nonessential = " ".join(_text(one) for one in title.iter("nemod")) if title is not None else ""
        words = _own_text(title)
        path = f"{above}, {words}" if above else words
        codes = [self._code(one) for one in element.iterchildren("code")]
        yield (
            "entry",
            (
                number, parent, level, letter, words, nonessential, ", ".join(codes),
                ", ".join(_text(one) for one in element.iterchildren("manif")),
                "; ".join(_text(one) for one in element.iterchildren("see", "seecat", "subcat")),
                "; ".join(_text(one) for one in element.iterchildren("seeAlso")), path,
            ),
        )  # fmt: skip
        for place, cell in enumerate(element.iterchildren("cell")):
            column, code = cell.get("col", ""), _text(cell)
            if code and code not in {"-", "--"}:
                yield "cell", (number, place, self.headings.get(column, column), self._checked(code, cell))
        for term in element.iterchildren("term"):
            yield from self._entry(term, letter, number, level + 1, path)

    def _code(self, element: etree._Element) -> str:
        return self._checked(_text(element), element)

    def _checked(self, code: str, element: etree._Element) -> str:
        if not _CODE.fullmatch(code):
            line = int(str(element.sourceline))
            self._faults.add("code", "Not an ICD-10-CM code.", line=line, column=str(element.tag), value=code)
        return code


def _text(element: etree._Element | None) -> str:
    return " ".join("".join(map(str, element.itertext())).split()) if element is not None else ""


def _own_text(title: etree._Element | None) -> str:
    """A title without its nonessential modifiers."""
    if title is None:
        return ""
    parts = [title.text or "", *(child.tail or "" for child in title)]
    return " ".join(" ".join(parts).split())


READER = Reader("icd-10-cm index xml", (_ENTRY, _CELL), _recognise, _read, no_canaries)
