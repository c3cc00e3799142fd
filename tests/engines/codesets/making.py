"""Small data files laid out like the packages' own: an LMDB file, the code editor's master, a tabular list."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from charthouse.engines.codesets import CodeBook
from charthouse.engines.codesets.edition import Edition
from charthouse.engines.codesets.icd10cm import Icd10cm
from charthouse.engines.codesets.tabular import Node, read_tabular
from charthouse.engines.codesets.validity import Period, ValidityTable

PAGE = 4096
MAGIC = 0xBEEFC0DE
LEAF, BRANCH, BIG = 0x02, 0x01, 0x01
Row = tuple[str, int, int]


def meta(page: int, root: int, transaction: int, magic: int = MAGIC) -> bytes:
    """One of the two meta pages: it names the root of the main tree and the transaction that wrote it."""
    body = struct.pack("<IIQQ", magic, 1, 0, 0) + bytes(48)
    body += bytes(40) + struct.pack("<QQQ", root, 0, transaction)
    return (struct.pack("<QHHHH", page, 0, 8, 0, 0) + body).ljust(PAGE, b"\0")


def leaf(page: int, pairs: Sequence[tuple[bytes, bytes, int]]) -> bytes:
    """A leaf page of key, value and node flags (1: the value is the number of an overflow page)."""
    nodes = [struct.pack("<HHHH", _size(v, f) & 0xFFFF, _size(v, f) >> 16, f, len(k)) + k + v for k, v, f in pairs]
    return _page(page, LEAF, nodes)


def branch(page: int, children: Sequence[int]) -> bytes:
    """A branch page over other pages."""
    return _page(page, BRANCH, [struct.pack("<HHHH", child & 0xFFFF, child >> 16, 0, 0) for child in children])


def _size(value: bytes, flags: int) -> int:
    return struct.unpack_from("<Q", value, 8)[0] if flags & BIG else len(value)


def _page(page: int, flags: int, nodes: Sequence[bytes]) -> bytes:
    lower = 16 + 2 * len(nodes)
    offsets, body, at = b"", b"", lower
    for node in nodes:
        offsets += struct.pack("<H", at)
        body += node
        at += len(node)
    return (struct.pack("<QHHHH", page, 0, flags, lower, at) + offsets + body).ljust(PAGE, b"\0")


def overflow(page: int, value: bytes) -> bytes:
    """The run of pages a large value lies in."""
    whole = struct.pack("<QHHI", page, 0, 4, 1) + value
    return whole.ljust(-(-len(whole) // PAGE) * PAGE, b"\0")


def lmdb_with(key: bytes, value: bytes) -> bytes:
    """A whole file that holds one value in overflow pages."""
    place = struct.pack("<QQ", 3, len(value))
    return meta(0, 2, 1) + meta(1, 2, 0) + leaf(2, [(key, place, BIG)]) + overflow(3, value)


def master(rows: Sequence[Row], magic: bytes = b"DECM", last: int = 20270331, marks: bytes = b"") -> bytes:
    """The code editor's master: header, records of 24 bytes, strings; every record carries the first mark if any."""
    strings_at = 32 + 24 * len(rows)
    header = struct.pack("<4s4I", magic, len(rows), 32, strings_at, last).ljust(32, b"\0")
    records = [struct.pack("<8s4I", code.encode(), start, end, 0, bool(marks)) for code, start, end in rows]
    return header + b"".join(records) + marks


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def tabular(path: Path, chapters: str) -> list[Node]:
    """Read chapters written as XML."""
    path.write_text(f"<ICD10CM.tabular>{chapters}</ICD10CM.tabular>", encoding="utf-8")
    return read_tabular(path)


def edition(path: Path, chapters: str) -> Edition:
    """An edition written as XML, in force in the second half of fiscal year 2026."""
    return Edition(tabular(path, chapters), "FY 2026 (April)", date(2026, 4, 1), date(2026, 9, 30))


def small_book(path: Path, chapters: str, *codes: str, **periods: Period) -> CodeBook:
    """A book over a few codes, valid in fiscal years 2026 and 2027 unless a period is given."""
    spans = dict.fromkeys(codes, ((20251001, 20270331),)) | {code: (span,) for code, span in periods.items()}
    table = ValidityTable(dict(sorted(spans.items())), {}, 20251001, 20270331)
    return CodeBook(Icd10cm([edition(path, chapters)], table), {})


ON = date(2026, 11, 23)
