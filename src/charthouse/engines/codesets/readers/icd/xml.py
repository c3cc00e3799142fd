"""What the XML readers share: a hardened, flat walk over the elements of a file, and faults with their line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.reader import Head
from charthouse.engines.codesets.loading.source import Source
from charthouse.engines.codesets.readers.icd.years import year_of

MOST_BYTES = 200 * 1024**2  # the largest of these files has 10 MB
MOST_ELEMENTS = 500_000  # inside one kept element; the largest chapter has 60,000


def is_root(head: Head, name: str) -> bool:
    """Whether a file starts with this root element and is no list of changes (addenda have the same root)."""
    start = re.search(
        rb"<([A-Za-z][\w.:-]*)([^>]*)>", re.sub(rb"<!--.*?-->|<!DOCTYPE[^<>]*", b"", head.data, flags=re.S)
    )
    if start is None or start[1] != name.encode():
        return False
    return b'isAddenda="true"' not in start[2] and "addend" not in head.name.lower()


def version_in(head: bytes) -> str:
    """The text of the version element, empty when there is none near the start."""
    found = re.search(rb"<version>\s*([^<]{1,60}?)\s*</version>", head)
    return found[1].decode("utf-8", "replace") if found else ""


def refuse_other_year(source: Source, faults: Faults) -> None:
    """A name that speaks of another year than the file itself is a mistake somebody made."""
    version = version_in(source.head())
    named, told = year_of(source.name), year_of(version)
    if named and told and named != told:
        message = f"The name says {named}, the file itself says {version}."
        mend = "Give the file its own name back, or load the right one."
        faults.add("wrong-year", message, column="version", value=version, mend=mend)
        faults.settle()


def elements(source: Source, root: str, kept: tuple[str, ...], faults: Faults) -> Iterator[etree._Element]:
    """Each finished element with one of the names in `kept`, outermost ones only; all others are dropped as they end.

    Faults (and with them Refused) where the XML is broken, declares a document type, or is larger than any release.
    """
    with source.open() as stream:
        walk = _Walk(root, kept, source, faults)
        try:
            yield from walk.over(_Limited(stream, faults))
        except etree.XMLSyntaxError as error:
            line, column = error.position
            message = "The XML is broken or cut off here."
            faults.add("xml", message, line=line or 0, column=column or "", value=str(error.msg or ""))
            faults.settle()


class _Walk:
    def __init__(self, root: str, kept: tuple[str, ...], source: Source, faults: Faults) -> None:
        self._root, self._kept, self._source, self._faults = root, frozenset(kept), source, faults
        self._inside: etree._Element | None = None
        self._count = 0

    def over(self, stream: _Limited) -> Iterator[etree._Element]:
        started = False
        for event, element in etree.iterparse(
            stream, ("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        ):
            if not started:
                self._check_root(element)
                started = True
            if event == "start":
                self._enter(element)
            elif self._inside is None or element is self._inside:
                if self._inside is not None:
                    yield element
                    self._inside = None
                _drop(element)

    def _check_root(self, element: etree._Element) -> None:
        if element.getroottree().docinfo.internalDTD is not None:
            head = self._source.head()
            line = head[: max(head.find(b"<!DOCTYPE"), 0)].count(b"\n") + 1
            message = "The file declares a document type, which official files never do."
            self._faults.add("xml", message, line=line)
        elif element.tag != self._root:
            message = f"The root element should be {self._root}."
            self._faults.add("xml", message, line=line_of(element), value=str(element.tag))
        self._faults.settle()

    def _enter(self, element: etree._Element) -> None:
        if self._inside is None and element.tag in self._kept:
            self._inside, self._count = element, 0
        self._count += 1
        if self._count > MOST_ELEMENTS and self._inside is not None:
            message = "There are more elements here than in any release."
            self._faults.add("too-large", message, line=line_of(self._inside), value=str(self._inside.tag))
            self._faults.settle()


class _Limited:
    """A stream that ends a file which is larger than any of its kind."""

    def __init__(self, stream: BinaryIO, faults: Faults) -> None:
        self._stream, self._faults, self._done = stream, faults, 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self._stream.read(size)
        self._done += len(data)
        if self._done > MOST_BYTES:
            self._faults.add("too-large", "The file is larger than any release.")
            self._faults.settle()
        return data


def _drop(element: etree._Element) -> None:
    """Forget an element and what stood before it: the tree never holds more than one branch."""
    element.clear()
    above = element.getparent()
    while above is not None and element.getprevious() is not None:
        del above[0]


def line_of(element: etree._Element) -> int:
    """The line an element starts in."""
    return int(str(element.sourceline))


def text_in(element: etree._Element | None) -> str:
    """All text of an element with single blanks, empty when there is none."""
    return " ".join("".join(map(str, element.itertext())).split()) if element is not None else ""
