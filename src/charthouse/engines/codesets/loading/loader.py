"""From files to releases: recognise, read, check, and put on the shelf, each given file as a whole or not at all."""

from __future__ import annotations

import hashlib
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from charthouse.engines.codesets.loading.archive import sources_in
from charthouse.engines.codesets.loading.faults import Faults
from charthouse.engines.codesets.loading.parts import refuse_disagreement
from charthouse.engines.codesets.loading.progress import Progress, counted, silent
from charthouse.engines.codesets.loading.reader import Head, Reader, Recognised
from charthouse.engines.codesets.loading.source import Source
from charthouse.engines.codesets.shelf import Release, ReleaseState, SourceFile, Table, Volume
from charthouse.engines.codesets.shelf.catalogue import read_catalogue
from charthouse.engines.codesets.shelf.shelf import put
from charthouse.engines.codesets.shelf.volume import write_volume
from charthouse.kit import Refusal, Refused

LOADED, UNCHANGED, REFUSED = "loaded", "unchanged", "refused"


@dataclass(frozen=True, slots=True)
class Given:
    """What the person who loads says: days and a label where the file does not tell, and what may happen."""

    starts: date | None = None
    ends: date | None = None
    label: str = ""
    may_replace: bool = False
    may_shrink: bool = False


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one given file. `left` are files inside it that are no table; `refusals` are all its faults."""

    file: str
    outcome: str
    releases: tuple[Release, ...] = ()
    left: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """The report as JSON can hold it."""
        return {
            "file": self.file,
            "outcome": self.outcome,
            "releases": [release.as_data() for release in self.releases],
            "left": list(self.left),
            "refusals": [asdict(refusal) for refusal in self.refusals],
        }


@dataclass(frozen=True, slots=True)
class _Plan:
    """One release to be made: the reader, what the files are, and the files."""

    reader: Reader
    what: Recognised
    starts: date
    sources: tuple[Source, ...]


Permit = Callable[[Recognised], Refusal | None]


def allow_all(what: Recognised) -> Refusal | None:
    """Let every table in."""
    return None


def load_files(
    paths: Iterable[Path],
    folder: Path,
    given: Given = Given(),
    permit: Permit = allow_all,
    progress: Progress = silent,
) -> Iterator[FileReport]:
    """Load each file onto the shelf in `folder`; what is refused leaves the shelf as it was."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in paths:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".loading-") as spool:
            yield _load_file(path, folder, Path(spool), given, permit, progress)


def _load_file(path: Path, folder: Path, spool: Path, given: Given, permit: Permit, progress: Progress) -> FileReport:
    faults = Faults(path.name)
    try:
        plans, left = _plans(list(sources_in(path, spool)), path.name, given)
        for plan in plans:
            refusal = permit(plan.what)
            if refusal:
                raise Refused(refusal)
        known = read_catalogue(folder)
        drafts = [_draft(plan, known, spool, faults, progress) for plan in plans]
        fresh = [draft for draft in drafts if draft[1] is not None]
        for release, _ in fresh:
            _refuse_shrinking(release, known, given)
        if not given.may_shrink:
            common = [(plan.reader.common, *draft) for plan, draft in zip(plans, drafts, strict=True)]
            refuse_disagreement(folder, known, common)
        added = put(folder, [(release, file) for release, file in fresh if file], may_replace=given.may_replace)
    except Refused as error:
        found = faults.found if error.refusal in faults.found else [*faults.found, error.refusal]
        return FileReport(path.name, REFUSED, refusals=tuple(found))
    except OSError as error:
        refusal = Refusal(path.name, "", "codesets.unreadable", f"The file cannot be read: {error.strerror}.")
        return FileReport(path.name, REFUSED, refusals=(refusal,))
    releases = tuple(release for release, _ in drafts)
    return FileReport(path.name, LOADED if added else UNCHANGED, releases, tuple(left))


def _plans(sources: Sequence[Source], shown: str, given: Given) -> tuple[list[_Plan], list[str]]:
    """Which releases the files make; a table that comes in two layouts is read once."""
    plans: dict[tuple[Table, str], _Plan] = {}
    left: list[str] = []
    from charthouse.engines.codesets.readers import all_readers  # they are written against this package

    readers = all_readers()
    found = [(source, *_recognised(source, readers)) for source in sources]
    order = {reader.layout: place for place, reader in enumerate(readers)}
    for source, reader, as_found in sorted(found, key=lambda one: order[one[1].layout] if one[1] else 0):
        if reader is None or as_found is None:
            left.append(source.name)
            continue
        what, starts = _with_given(as_found, given, source.name)
        known = plans.get((what.table, what.part))
        if known and known.reader is reader and reader.is_bundled:
            plans[what.table, what.part] = replace(known, sources=(*known.sources, source))
        elif known:
            left.append(source.name)
        else:
            plans[what.table, what.part] = _Plan(reader, what, starts, (source,))
    if not plans:
        message = "This is none of the official files Charthouse reads, or its name and first lines were changed."
        mend = "Load the file as its publisher offers it; the manual lists the names."
        raise Refused(Refusal(shown, "", "codesets.not-recognised", message, mend))
    return list(plans.values()), left


def _recognised(source: Source, readers: Sequence[Reader]) -> tuple[Reader | None, Recognised | None]:
    head = Head(source.name, source.head())
    for reader in readers:
        what = reader.recognise(head)
        if what:
            return reader, what
    return None, None


def _with_given(what: Recognised, given: Given, name: str) -> tuple[Recognised, date]:
    what = replace(
        what, starts=given.starts or what.starts, ends=given.ends or what.ends, label=given.label or what.label
    )
    if what.starts is None:
        message = "Neither its name nor its first lines say from which day this release is in force."
        raise Refused(Refusal(name, "", "codesets.no-start", message, "Give the day it starts (--from YYYY-MM-DD)."))
    if what.ends and what.ends < what.starts:
        message = f"It would end on {what.ends}, before it starts on {what.starts}."
        raise Refused(Refusal(name, "", "codesets.dates", message, "Give other days."))
    return what, what.starts


def _draft(
    plan: _Plan, known: Sequence[Release], spool: Path, faults: Faults, progress: Progress
) -> tuple[Release, Path | None]:
    """The release with its finished file, or the one on the shelf that was read from the very same files."""
    files = tuple(_source_file(source) for source in plan.sources)
    release = _release(plan.what, plan.starts, files)
    for one in known:
        if one.state is ReleaseState.IN_FORCE and _same(one, release):
            return one, None
    target = spool / f"{release.table.value}-{release.uid}.sqlite"
    sources = [counted(source, progress) for source in plan.sources]
    try:
        rows = write_volume(target, plan.reader.sheets, plan.reader.read(sources, plan.what, faults))
    except sqlite3.IntegrityError as error:
        faults.add("duplicate", "Two rows have the same key.", value=str(error).rpartition(": ")[2])
    except sqlite3.Error as error:
        faults.add("not-storable", "A row cannot be kept as it is.", value=str(error))
    faults.settle()
    if not any(rows.values()):
        faults.add("empty", "The file has no row.")
        faults.settle()
    canaries = tuple(plan.reader.canaries(Volume(target), plan.what))
    return replace(release, rows=rows, canaries=canaries), target


def _release(what: Recognised, starts: date, files: tuple[SourceFile, ...]) -> Release:
    mixed = hashlib.sha256("".join(sorted(one.sha256 for one in files)).encode()).hexdigest()[:10]
    slug = re.sub(r"[^a-z0-9]+", "-", f"{what.label} {what.part}".lower()).strip("-")[:60]
    uid = f"{slug}-{starts:%Y%m%d}-{mixed}-{datetime.now(UTC):%y%m%d%H%M%S%f}"
    return Release(
        uid, what.table, what.label, starts, what.ends, what.part, {}, files, datetime.now(UTC), notes=what.notes
    )


def _same(one: Release, other: Release) -> bool:
    alike = one.fingerprint == other.fingerprint and one.table is other.table and one.part == other.part
    return alike and (one.starts, one.ends, one.label) == (other.starts, other.ends, other.label)


def _source_file(source: Source) -> SourceFile:
    digest, size = hashlib.sha256(), 0
    with source.open() as stream:
        while chunk := stream.read(1024 * 1024):
            digest.update(chunk)
            size += len(chunk)
    return SourceFile(source.name, digest.hexdigest(), size)


def _refuse_shrinking(release: Release, known: Iterable[Release], given: Given) -> None:
    """A file cut off at the end of a line looks whole; half as many rows as the release before give it away."""
    before = [
        one for one in known if one.table is release.table and one.part == release.part and one.starts <= release.starts
    ]
    had = sum(before[-1].rows.values()) if before else 0
    if not given.may_shrink and sum(release.rows.values()) * 2 < had:
        message = f"It has {sum(release.rows.values()):,} rows; {before[-1].label} has {had:,}. It may be cut off."
        mend = "Download it again, or say that fewer rows are right (--fewer)."
        raise Refused(Refusal(release.label, "", "codesets.cut-off", message, mend))
