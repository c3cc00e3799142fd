"""Folder channels: where files to and from a payer lie, and how a file is put there exactly once."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from charthouse.apps.exchange.models import Channel


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of a channel. `outgoing` and `sent` are ours alone; the payer sees `to_payer` and `from_payer`."""

    root: Path

    @property
    def to_payer(self) -> Path:
        """Where the payer collects files."""
        return self.root / "to-payer"

    @property
    def from_payer(self) -> Path:
        """Where the payer leaves files."""
        return self.root / "from-payer"

    @property
    def done(self) -> Path:
        """Files from the payer that were taken."""
        return self.root / "done"

    @property
    def refused(self) -> Path:
        """Files from the payer that could not be taken."""
        return self.root / "refused"

    @property
    def outgoing(self) -> Path:
        """Files being written."""
        return self.root / "outgoing"

    @property
    def sent(self) -> Path:
        """An empty receipt for every file whose bytes were complete; it outlives the file the payer took away."""
        return self.root / "sent"

    def make(self) -> None:
        """Make what is missing."""
        for path in (self.to_payer, self.from_payer, self.done, self.refused, self.outgoing, self.sent):
            path.mkdir(parents=True, exist_ok=True)


def folder_of(channel: Channel) -> Folder:
    """The folder of a channel, made on first use."""
    folder = Folder(Path(settings.CHANNEL_DIR) / channel.slug)
    folder.make()
    return folder


def put(folder: Folder, name: str, content: bytes) -> None:
    """Put a file where the payer collects it, once for ever under this name; safe to repeat after any crash.

    The order is: complete bytes, receipt, rename. A receipt without the file in `outgoing` means that the rename
    happened, even when the payer has taken the file away since. Raises OSError when it is not certain.
    """
    staged, receipt = folder.outgoing / name, folder.sent / name
    with _alone(folder):
        if not receipt.exists():
            _write(staged, content)
            _write(receipt, b"")
        if staged.exists():
            staged.rename(folder.to_payer / name)
            _sync_folder(folder.to_payer)
            _sync_folder(folder.outgoing)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    _sync_folder(path.parent)


def _sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _alone(folder: Folder) -> Iterator[None]:
    """Keep other workers out; the lock ends with the process, so that a crash never leaves it behind."""
    with (folder.root / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
