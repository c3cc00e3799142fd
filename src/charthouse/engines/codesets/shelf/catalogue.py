"""The list of what stands on a shelf: one JSON file, replaced whole, changed by one writer at a time."""

from __future__ import annotations

import fcntl
import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from charthouse.engines.codesets.shelf.release import Release
from charthouse.kit import Refusal, Refused

NAME = "catalogue.json"


def read_catalogue(folder: Path) -> list[Release]:
    """Every release on the shelf, in the order of loading; raise Refused when the list is damaged."""
    try:
        text = (folder / NAME).read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    try:
        return [Release.from_data(one) for one in json.loads(text)["releases"]]
    except (ValueError, KeyError, TypeError) as error:
        message = "The list of loaded code sets cannot be read."
        mend = "Restore the folder from a backup, or move it away and load the files again."
        raise Refused(Refusal(NAME, "", "codesets.catalogue", message, mend)) from error


def write_catalogue(folder: Path, releases: Sequence[Release]) -> None:
    """Replace the list; a reader sees the old one or the new one, never a half."""
    with tempfile.NamedTemporaryFile("w", dir=folder, delete=False, encoding="utf-8") as file:
        json.dump({"releases": [one.as_data() for one in releases]}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, folder / NAME)
    _sync(folder)


@contextmanager
def sole_writer(folder: Path) -> Iterator[None]:
    """Wait for other writers of the same shelf, in this process or another."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
