"""How far a load is: bytes read of each file."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import BinaryIO

from charthouse.engines.codesets.loading.source import Source

Progress = Callable[[str, int, int], None]  # name of the file, bytes read, bytes in all (-1 where unknown)
_EVERY = 1024 * 1024


def silent(name: str, done: int, size: int) -> None:
    """Tell nobody."""


def counted(source: Source, progress: Progress) -> Source:
    """The same source, telling how far it was read at every megabyte."""
    return replace(source, open=lambda: io.BufferedReader(_Counting(source, progress), _EVERY))


class _Counting(io.RawIOBase):
    def __init__(self, source: Source, progress: Progress) -> None:
        self._stream: BinaryIO = source.open()
        self._source, self._progress, self._done = source, progress, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        before, self._done = self._done, self._done + len(data)
        if self._done // _EVERY > before // _EVERY or not data:
            self._progress(self._source.name, self._done, self._source.size)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()
