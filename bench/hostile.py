"""Refusing hostile files: too large, an entity bomb, and 31 MB of junk in several coats, just under the limit."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.desk import practice
from bench.figure import Figure, milliseconds, seconds
from charthouse.apps.exchange.actions import receive_file
from charthouse.apps.exchange.models import InboundFile
from charthouse.cli.intake import take

BUDGET = 1.0
_MB = 1024 * 1024
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def figures() -> Iterator[Figure]:
    """Seconds until each is refused and the refusal is stored."""
    yield seconds("refuse 200 MB by its size", [_too_large()], BUDGET)
    for what, data in _files():
        yield _refusal(what, data)


def _refusal(what: str, data: bytes) -> Figure:
    started = time.perf_counter()
    file = receive_file(None, practice(), "hostile", data)
    spent = time.perf_counter() - started
    if file.outcome != InboundFile.Outcome.REFUSED or not file.refusal:
        return Figure(f"refuse {what}", f"TAKEN in {spent:.2f} s", f"< {BUDGET:g} s", is_met=False)
    return seconds(f"refuse {what} [{file.refusal['rule']}]", [spent], BUDGET)


def _too_large() -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xml"
        path.touch()
        os.truncate(path, 200 * _MB)
        return milliseconds(take, path, practice()) / 1000


def _files() -> Iterator[tuple[str, bytes]]:
    bomb = f'<?xml version="1.0"?><!DOCTYPE ClinicalDocument [<!ENTITY l0 "lol">{_LAUGHS}]>'
    yield "billion laughs", f"{bomb}<ClinicalDocument>&l9;</ClinicalDocument>".encode()
    yield "31 MB of random bytes", os.urandom(31 * _MB)
    yield "31 MB of one letter", b"a" * (31 * _MB)
    yield "31 MB of short lines", b"ab\n" * (31 * _MB // 3)
    yield "31 MB of open XML elements", b"<ClinicalDocument>" + b"<a>" * (31 * _MB // 3)
    yield "31 MB of open JSON lists", b'{"resourceType":"Bundle","a":' + b"[" * (31 * _MB)
