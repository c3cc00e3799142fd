"""Folders that a crash left behind: half-read files, and uploads whose load is over."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from charthouse.apps.core.clock import now
from charthouse.apps.reference.models import CodeLoad

OLD_SECONDS = 24 * 60 * 60  # no load takes a day


def tidy() -> int:
    """Remove them, a day after they were last written to; say how many there were."""
    folder: Path = settings.CODESETS_DIR
    waiting = CodeLoad.objects.filter(state__in=(CodeLoad.State.WAITING, CodeLoad.State.RUNNING))
    kept = {str(uid) for uid in waiting.values_list("uid", flat=True)}
    inbox = (one for one in _old(folder / "inbox", "*") if one.name not in kept)
    left = [*_old(folder, ".loading-*"), *inbox]
    for one in left:
        shutil.rmtree(one, ignore_errors=True)  # what cannot be removed today is tried again tomorrow
    return len(left)


def _old(folder: Path, pattern: str) -> Iterator[Path]:
    before = now().timestamp() - OLD_SECONDS
    return (one for one in folder.glob(pattern) if one.is_dir() and one.stat().st_mtime < before)
