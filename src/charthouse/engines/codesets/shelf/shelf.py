"""Putting releases on the shelf, taking them off, and asking which one answers for a day."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from charthouse.engines.codesets.shelf.catalogue import NAME, read_catalogue, sole_writer, write_catalogue
from charthouse.engines.codesets.shelf.release import Release, ReleaseState
from charthouse.engines.codesets.shelf.tables import Table
from charthouse.engines.codesets.shelf.volume import Volume
from charthouse.kit import Refusal, Refused


class Shelf:
    """The releases in a folder as they were when it was opened; open it again when `stamp_of` changes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stamp = stamp_of(folder)
        self._releases = read_catalogue(folder)
        self._volumes: dict[str, Volume] = {}

    def releases(self, table: Table | None = None) -> list[Release]:
        """What was loaded, withdrawn ones among them, by table, then by start."""
        found = [one for one in self._releases if table in (None, one.table)]
        return sorted(found, key=lambda one: (one.table, one.starts, one.part))

    def on(self, table: Table, day: date) -> list[Release]:
        """The parts of the release that answers for a day: the one that started last; empty when none does."""
        able = [one for one in self._releases if _answers(one, table) and one.covers(day)]
        latest = max((one.starts for one in able), default=None)
        return sorted((one for one in able if one.starts == latest), key=lambda one: one.part)

    def volume(self, release: Release) -> Volume:
        """The file of a release, open for reading."""
        if release.uid not in self._volumes:
            self._volumes[release.uid] = Volume(volume_path(self.folder, release))
        return self._volumes[release.uid]

    def volumes_on(self, table: Table, day: date) -> list[Volume]:
        """The files that answer for a day."""
        return [self.volume(one) for one in self.on(table, day)]


def stamp_of(folder: Path) -> str:
    """Something that changes whenever the shelf does; cheap enough to ask at every look-up."""
    try:
        found = os.stat(folder / NAME)
    except FileNotFoundError:
        return ""
    return f"{found.st_mtime_ns}-{found.st_ino}-{found.st_size}"


def volume_path(folder: Path, release: Release) -> Path:
    """Where the file of a release lies."""
    return folder / release.table.value / f"{release.uid}.sqlite"


def put(folder: Path, drafts: Iterable[tuple[Release, Path]], *, may_replace: bool = False) -> list[Release]:
    """Move finished files onto the shelf and list them, all in one step.

    A release of the same table, part and start steps aside when `may_replace` says so; otherwise, and where the days
    of two releases cross, Refused is raised and nothing changes.
    """
    with sole_writer(folder):
        known = read_catalogue(folder)
        given = list(drafts)
        for release, _ in given:  # all of them before any file moves
            _refuse_overlap(release, known, may_replace=may_replace)
            known = [_aside(one) if _same_place(one, release) else one for one in known] + [release]
        for release, file in given:
            target = volume_path(folder, release)
            target.parent.mkdir(exist_ok=True)
            os.replace(file, target)
        write_catalogue(folder, known)
        return [release for release, _ in given]


def change_state(folder: Path, uid: str, state: ReleaseState) -> Release:
    """Withdraw a release or put it back; raise Refused when there is none, or another stands in its place."""
    with sole_writer(folder):
        known = read_catalogue(folder)
        release = next((one for one in known if one.uid == uid), None)
        if release is None:
            raise Refused(Refusal(uid, "", "codesets.no-release", "There is no such release on the shelf."))
        if state is ReleaseState.IN_FORCE:
            _refuse_overlap(release, [one for one in known if one.uid != uid], may_replace=False)
        changed = replace(release, state=state)
        write_catalogue(folder, [changed if one.uid == uid else one for one in known])
        return changed


def _same_place(one: Release, other: Release) -> bool:
    return _answers(one, other.table) and (one.part, one.starts) == (other.part, other.starts)


def _aside(release: Release) -> Release:
    return replace(release, state=ReleaseState.WITHDRAWN)


def _answers(release: Release, table: Table) -> bool:
    return release.table is table and release.state is ReleaseState.IN_FORCE


def _refuse_overlap(new: Release, known: Iterable[Release], *, may_replace: bool) -> None:
    """Later releases take over from earlier ones; an update may lie inside a year; anything else is a mistake."""
    wrong: list[tuple[Callable[[Release], bool], str, str]] = [
        (
            lambda one: one.starts == new.starts and not may_replace,
            "starts on the same day",
            "Withdraw that release first, or say that it is to be replaced.",
        ),
        (
            lambda one: one.starts < new.starts <= (one.ends or date.max) < (new.ends or date.max) and bool(one.ends),
            "is still in force when this one starts and ends before it does",
            "Give the days on which this release is in force.",
        ),
        (
            lambda one: new.starts < one.starts <= (new.ends or date.max) < (one.ends or date.max) and bool(new.ends),
            "starts while this one is in force",
            "Give the days on which this release is in force.",
        ),
    ]
    for one in known:
        if _answers(one, new.table) and one.part == new.part:
            for is_wrong, how, mend in wrong:
                if is_wrong(one):
                    message = f"The release {one.label} ({one.starts} to {one.ends or 'open'}) {how}."
                    raise Refused(Refusal(new.label, "", "codesets.overlap", message, mend))
