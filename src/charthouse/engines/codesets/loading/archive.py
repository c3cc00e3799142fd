"""The files inside what was given: as they are, out of gzip, or out of zips, without trusting what a zip says."""

from __future__ import annotations

import gzip
import io
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from charthouse.engines.codesets.loading.source import Source
from charthouse.kit import Refusal, Refused

MOST_MEMBERS = 2_000
MOST_BYTES = 16 * 1024**3  # NPPES unpacks to 11.6 GB
_MOST_RATIO = 200
_RATIO_FROM = 16 * 1024**2
_DEEPEST = 2
_NESTED_BYTES = 2 * 1024**3
_CHUNK = 1024 * 1024


def sources_in(path: Path, spool: Path) -> Iterator[Source]:
    """Every file in `path`; nested zips are unpacked one by one into `spool`. Raise Refused for a trap."""
    with path.open("rb") as file:
        magic = file.read(4)
    if magic[:2] == b"\x1f\x8b":
        name = path.name.removesuffix(".gz")
        yield Source(name, -1, lambda: _guarded(cast(BinaryIO, gzip.GzipFile(path)), path.name, path.stat().st_size))
    elif magic == b"PK\x03\x04":
        yield from _members(path, path.name, spool, 1)
    else:
        yield Source(path.name, path.stat().st_size, lambda: path.open("rb"))


def _members(path: Path, shown: str, spool: Path, depth: int) -> Iterator[Source]:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError) as error:
        raise _trap(shown, "codesets.zip-damaged", "The zip is damaged or cut off.") from error
    if any(PurePosixPath(info.filename).name == "[Content_Types].xml" for info in infos):
        message = "This is a spreadsheet or document; only text, csv and XML files are read."
        raise Refused(Refusal(shown, "", "codesets.office-file", message, "Save it as csv, or take the txt file."))
    if len(infos) > MOST_MEMBERS or sum(info.file_size for info in infos) > MOST_BYTES:
        raise _trap(shown, "codesets.zip-bomb", "The zip unpacks to more than any code set has.")
    for info in infos:
        if info.flag_bits & 1:
            raise _trap(shown, "codesets.zip-locked", "The zip is locked with a password.")
        name = PurePosixPath(info.filename.replace("\\", "/")).name
        if name.lower().endswith(".zip"):
            yield from _nested(path, info, name, spool, depth)
        else:
            yield Source(name, info.file_size, _Member(path, info, name))


def _nested(path: Path, info: zipfile.ZipInfo, name: str, spool: Path, depth: int) -> Iterator[Source]:
    if depth >= _DEEPEST or info.file_size > _NESTED_BYTES:
        raise _trap(name, "codesets.zip-bomb", "Zips are packed inside zips too deep or too large.")
    with tempfile.NamedTemporaryFile(dir=spool, suffix=".zip", delete=False) as copy, _Member(path, info, name)() as it:
        while chunk := it.read(_CHUNK):
            copy.write(chunk)
    yield from _members(Path(copy.name), name, spool, depth + 1)


class _Member:
    """Opens one member of a zip, each time anew."""

    def __init__(self, path: Path, info: zipfile.ZipInfo, name: str) -> None:
        self._path, self._info, self._name = path, info, name

    def __call__(self) -> BinaryIO:
        try:
            member = zipfile.ZipFile(self._path).open(self._info)  # noqa: SIM115  the member keeps it open
        except (zipfile.BadZipFile, NotImplementedError, OSError) as error:
            raise _trap(self._name, "codesets.zip-damaged", "The zip is damaged or cut off.") from error
        return _guarded(cast(BinaryIO, member), self._name, self._info.compress_size)


class _Guard(io.RawIOBase):
    """Reads a packed stream and stops when it grows beyond reason, whatever its header promised."""

    def __init__(self, stream: BinaryIO, name: str, packed: int) -> None:
        self._stream, self._name, self._packed, self._read = stream, name, max(packed, 1), 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        try:
            data = self._stream.read(len(memoryview(buffer)))
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise _trap(self._name, "codesets.zip-damaged", "The packed file is damaged or cut off.") from error
        self._read += len(data)
        if self._read > MOST_BYTES or (self._read > _RATIO_FROM and self._read / self._packed > _MOST_RATIO):
            raise _trap(self._name, "codesets.zip-bomb", "The file unpacks to more than any code set has.")
        memoryview(buffer)[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


def _guarded(stream: BinaryIO, name: str, packed: int) -> BinaryIO:
    return io.BufferedReader(_Guard(stream, name, packed), _CHUNK)


def _trap(source: str, rule: str, message: str) -> Refused:
    return Refused(Refusal(source, "", rule, message, "Download the file again from its publisher."))
