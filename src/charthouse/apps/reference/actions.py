"""Writes about code sets: loading official files, taking releases out of force and putting them back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from charthouse.apps.audit.actions import record
from charthouse.apps.core.errors import Invalid
from charthouse.kit import Refusal

if TYPE_CHECKING:
    from charthouse.engines.codesets.loading import FileReport, Given
    from charthouse.engines.codesets.shelf import Release, Table

Progress = Callable[[str, int, int], None]


def load_now(paths: Iterable[Path], given: Given, progress: Progress | None = None) -> Iterator[FileReport]:
    """Load files one by one; each is an event in the log, refused or not. The index is made ready for the workers."""
    from charthouse.engines.codesets.loading import load_files, silent

    for report in load_files(paths, settings.CODESETS_DIR, given, permit, progress or silent):
        detail: dict[str, object] = {
            "file": report.file,
            "outcome": report.outcome,
            "releases": [release.uid for release in report.releases],
            "rules": [refusal.rule for refusal in report.refusals],
        }
        record("reference.files.loaded" if report.releases else "reference.files.refused", detail=detail)
        yield report
    _make_index()


def permit(table: Table) -> Refusal | None:
    """Why a table may not be loaded here: CPT needs a licence, which cannot be stated yet."""
    from charthouse.engines.codesets.shelf import Table

    if table is not Table.CPT:
        return None
    message = "CPT belongs to the American Medical Association and needs a licence, which is not stated here."
    return Refusal("", "", "codesets.cpt-licence", message, "Keep codes in the charge master until then.")


@transaction.atomic
def withdraw_release(uid: str, reason: str) -> Release:
    """Take a release out of force; raise Refused when there is none."""
    from charthouse.engines.codesets.shelf import ReleaseState

    return _change(uid, ReleaseState.WITHDRAWN.value, reason, "reference.release.withdrawn")


@transaction.atomic
def restore_release(uid: str, reason: str) -> Release:
    """Put a withdrawn release back in force; raise Refused when another stands in its place."""
    from charthouse.engines.codesets.shelf import ReleaseState

    return _change(uid, ReleaseState.IN_FORCE.value, reason, "reference.release.restored")


def _change(uid: str, state: str, reason: str, verb: str) -> Release:
    from charthouse.engines.codesets.shelf import ReleaseState, change_state

    if not reason.strip():
        raise Invalid("Say why.", field="reason", code="reference.reason-missing")
    # The event first: a shelf that changed without one could not be explained.
    record(verb, reason=reason, detail={"release": uid})
    return change_state(settings.CODESETS_DIR, uid, ReleaseState(state))


def _make_index() -> None:
    from charthouse.apps.reference.selectors import warm_up

    warm_up()
