"""What a crashed load left behind goes after a day; what is at work stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from charthouse.apps.accounts.models import Role
from charthouse.apps.core.clock import now
from charthouse.apps.reference.actions import receive_load
from charthouse.apps.reference.actions.tidying import OLD_SECONDS, tidy
from charthouse.apps.reference.models import CodeLoad
from charthouse.apps.reference.selectors.loads import inbox_of
from charthouse.engines.codesets.loading import Given
from tests.apps import builders
from tests.apps.reference.shelves import upload

pytestmark = pytest.mark.django_db


def aged(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "part.sqlite").write_text("half")
    long_ago = now().timestamp() - OLD_SECONDS - 60
    os.utime(folder, (long_ago, long_ago))
    return folder


def test_old_drafts_go_and_fresh_ones_stay(shelf_folder: Path) -> None:
    old, fresh = aged(shelf_folder / ".loading-old"), shelf_folder / ".loading-fresh"
    fresh.mkdir()
    assert tidy() == 1
    assert not old.exists()
    assert fresh.exists()


def test_uploads_stay_while_their_load_waits(shelf_folder: Path) -> None:
    load = receive_load(builders.person(Role.IT_ADMIN), [upload()], Given())
    aged(inbox_of(load))
    assert tidy() == 0
    CodeLoad.objects.update(state=CodeLoad.State.BROKEN_OFF)
    assert tidy() == 1
    assert not inbox_of(load).exists()


def test_releases_are_never_touched(shelf_folder: Path) -> None:
    release = aged(shelf_folder / "hcpcs")
    assert tidy() == 0
    assert release.exists()


def test_nothing_there_is_nothing_to_do(shelf_folder: Path) -> None:
    assert tidy() == 0
