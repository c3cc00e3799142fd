"""Running the simulator over channel folders: collect, answer, remember, put away; safe to stop at any moment."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from charthouse.engines.x12 import ReadInterchange, read_interchanges
from charthouse.sandbox.payer.answers import Answering, write_answers
from charthouse.sandbox.payer.behaviour import Behaviour, behaviours

_MEMORY = "payer-memory.json"


def run_once(channel_root: Path) -> int:
    """Answer every file that waits in any channel folder under the root; return how many were answered."""
    if not channel_root.is_dir():
        return 0
    rules = behaviours()
    return sum(_serve(folder, rules) for folder in sorted(channel_root.iterdir()) if (folder / "to-payer").is_dir())


def _serve(folder: Path, rules: dict[str, Behaviour]) -> int:
    waiting = sorted(path for path in (folder / "to-payer").iterdir() if path.is_file() and path.suffix == ".edi")
    away = folder / "at-payer"
    for path in waiting:
        _answer_file(folder, path, rules)
        away.mkdir(exist_ok=True)
        path.rename(away / path.name)
    return len(waiting)


def _answer_file(folder: Path, path: Path, rules: dict[str, Behaviour]) -> None:
    memory = _Memory(folder / _MEMORY)
    for read in read_interchanges(path.read_bytes()):
        if not read.interchange.control_number:
            continue  # nobody to answer to
        answering = Answering(read, memory.next_serial(), rules, memory.has_seen(read))
        for name, content in write_answers(answering):
            _put(folder / "from-payer", name, content)
        memory.keep(read)
    memory.save()


def _put(folder: Path, name: str, content: bytes) -> None:
    """Leave a file so that nobody ever sees half of it."""
    folder.mkdir(exist_ok=True)
    unfinished = folder / f".{name}.tmp"
    unfinished.write_bytes(content)
    unfinished.rename(folder / name)


class _Memory:
    """What the payer remembers of a channel: its running number and the interchanges it has seen.

    It is saved after the answers are written: stopped in between, the payer writes the same answers again.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        data = json.loads(path.read_text()) if path.exists() else {}
        self._serial: int = data.get("serial", 0)
        self._seen: set[str] = set(data.get("seen", ()))

    def next_serial(self) -> int:
        self._serial += 1
        return self._serial

    def has_seen(self, read: ReadInterchange) -> bool:
        return _key(read) in self._seen

    def keep(self, read: ReadInterchange) -> None:
        self._seen.add(_key(read))

    def save(self) -> None:
        unfinished = self._path.with_suffix(".tmp")
        unfinished.write_text(json.dumps({"serial": self._serial, "seen": sorted(self._seen)}))
        os.replace(unfinished, self._path)


def _key(read: ReadInterchange) -> str:
    told = read.interchange
    return hashlib.sha256(f"{told.sender.id}|{told.control_number}".encode()).hexdigest()[:32]
