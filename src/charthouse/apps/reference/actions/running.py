"""Loading: each file is an event in the log, refused or not, and the row of the load says how far it is."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from charthouse.apps.audit.actions import record
from charthouse.apps.core.clock import now
from charthouse.apps.jobs.attempt import Attempt
from charthouse.apps.reference.actions.licence import permit
from charthouse.apps.reference.actions.receiving import given_as_data, plain_name
from charthouse.apps.reference.actions.waiting import claim
from charthouse.apps.reference.models import CodeLoad
from charthouse.apps.reference.opened import warm_up
from charthouse.apps.reference.selectors.loads import given_of, inbox_of

if TYPE_CHECKING:
    from charthouse.engines.codesets.loading import FileReport, Given

Progress = Callable[[str, int, int], None]
State = CodeLoad.State
_EVERY_SECONDS = 1.0
_log = logging.getLogger(__name__)


def load_now(paths: Iterable[Path], given: Given, progress: Progress | None = None) -> Iterator[FileReport]:
    """Load files one by one, as at the terminal; a load whose caller goes away is broken off."""
    files = list(paths)
    load = CodeLoad.objects.create(
        state=State.RUNNING,
        files=[{"name": plain_name(path.name), "size": _size(path)} for path in files],
        given=given_as_data(given),
        alive_at=now(),
    )
    try:
        yield from _each(load, files, given, progress)
    finally:
        if not load.is_over:
            _finish(load, State.BROKEN_OFF)


def run_load(uid: UUID) -> CodeLoad:
    """Load what was uploaded; Conflict when it is over or another worker has it. After a crash it begins anew."""
    load = claim(uid)
    folder = inbox_of(load)
    paths = [folder / str(number) / one["name"] for number, one in enumerate(load.files)]
    with Attempt() as attempt:
        for _ in _each(load, paths, given_of(load), None):
            pass
    if attempt.failed:
        _log.error("load %s failed: %s", load.uid, attempt.error)
        _finish(load, State.BROKEN_OFF, attempt.error)
    shutil.rmtree(folder, ignore_errors=True)
    return load


def _each(load: CodeLoad, paths: Sequence[Path], given: Given, progress: Progress | None) -> Iterator[FileReport]:
    from charthouse.engines.codesets.loading import load_files

    is_new = False
    for report in load_files(paths, settings.CODESETS_DIR, given, permit, _Telling(load, progress)):
        _keep(load, report)
        is_new = is_new or report.outcome == "loaded"
        yield report
    if is_new:
        warm_up()  # here, so that the servers only map the index
    is_refused = any(one["outcome"] == "refused" for one in load.report)
    _finish(load, State.REFUSED if is_refused else State.DONE)


@transaction.atomic
def _keep(load: CodeLoad, report: FileReport) -> None:
    load.report = [*load.report, storable(report.as_data())]
    load.alive_at = now()
    load.save(update_fields=["report", "alive_at"])
    detail: dict[str, object] = {
        "file": plain_name(report.file),
        "outcome": report.outcome,
        "releases": [release.uid for release in report.releases],
        "rules": [refusal.rule for refusal in report.refusals],
    }
    verb = "reference.files.loaded" if report.releases else "reference.files.refused"
    record(verb, load, detail=detail)


@transaction.atomic
def _finish(load: CodeLoad, state: str, error: str = "") -> None:
    load.state, load.finished_at = state, now()
    load.progress = {"error": error} if error else {}
    load.save(update_fields=["state", "finished_at", "progress"])
    record("reference.load.ended", load, detail={"state": load.state})


class _Telling:
    """Writes how far a load is to its row, once a second at most, and tells whoever else wants to know."""

    def __init__(self, load: CodeLoad, also: Progress | None) -> None:
        self._load, self._also, self._told = load, also, 0.0

    def __call__(self, name: str, done: int, size: int) -> None:
        if self._also:
            self._also(name, done, size)
        if monotonic() - self._told >= _EVERY_SECONDS:
            self._told = monotonic()
            progress = {"file": plain_name(name), "done": done, "size": size}
            CodeLoad.objects.filter(pk=self._load.pk).update(progress=progress, alive_at=now())


def storable(value: Any) -> Any:
    """The same data with text every database takes: bad bytes of a refused file may stand in it."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
    if isinstance(value, dict):
        return {key: storable(one) for key, one in value.items()}
    return [storable(one) for one in value] if isinstance(value, list) else value


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0
