"""What was loaded, what is being loaded, and where uploaded files wait."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings

from charthouse.apps.core.errors import Denied
from charthouse.apps.reference.models import CodeLoad
from charthouse.apps.reference.opened import code_book

if TYPE_CHECKING:
    from charthouse.engines.codesets.loaded_sets import LoadedSet
    from charthouse.engines.codesets.loading import Given


def loaded_sets(on: date) -> tuple[LoadedSet, ...]:
    """What answers for a day, what is loaded for other days, and what is not loaded at all."""
    return code_book().sets(on)


def code_loads(limit: int = 50) -> list[CodeLoad]:
    """Loads, newest first."""
    return list(CodeLoad.objects.select_related("given_by").order_by("-id")[:limit])


def code_load(uid: UUID) -> CodeLoad:
    """One load; Denied when there is none."""
    found = CodeLoad.objects.select_related("given_by").filter(uid=uid).first()
    if found is None:
        raise Denied("There is no such load.")
    return found


def inbox_of(load: CodeLoad) -> Path:
    """The folder in which the files of an upload wait."""
    folder: Path = settings.CODESETS_DIR
    return folder / "inbox" / str(load.uid)


def given_of(load: CodeLoad) -> Given:
    """What the person said about the files."""
    from charthouse.engines.codesets.loading import Given

    kept = load.given
    starts, ends = (date.fromisoformat(kept[name]) if kept[name] else None for name in ("starts", "ends"))
    return Given(starts, ends, kept["label"], may_replace=kept["may_replace"], may_shrink=kept["may_shrink"])
