"""A file to read, wherever it lies: on disk, packed with gzip, or inside a zip."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from charthouse.engines.codesets.loading.faults import Faults

HEAD_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Source:
    """A named stream that can be opened more than once. `size` is the unpacked length where known, else -1."""

    name: str
    size: int
    open: Callable[[], BinaryIO]

    def head(self) -> bytes:
        """Its first bytes."""
        with self.open() as stream:
            return stream.read(HEAD_BYTES)


@contextmanager
def text_of(source: Source, faults: Faults, encoding: str = "latin-1") -> Iterator[io.TextIOWrapper]:
    """The text of a source with its line ends as they are (csv needs them); bytes that are not text are a fault."""
    with source.open() as stream, io.TextIOWrapper(stream, encoding=encoding, newline="") as text:
        try:
            yield text
        except UnicodeDecodeError as error:
            faults.add("encoding", f"Not {encoding} text.", value=repr(error.object[error.start : error.start + 4]))
            faults.settle()


def encoding_of(head: bytes) -> str:
    """How a file is written: with a byte order mark, as UTF-8, else in the Windows code page CMS uses."""
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
