"""A code book takes a hundred megabytes: those of folders that were left are let go."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from charthouse.apps.reference import opened


@pytest.mark.parametrize("count", [1, 2, 5])
def test_only_the_last_folders_stay_open(settings: Settings, tmp_path: Path, count: int) -> None:
    books = []
    for number in range(count):
        settings.CODESETS_DIR = tmp_path / str(number)
        books.append(opened.code_book())
    assert opened.code_book() is books[-1]
    assert len(opened._opened) <= opened.MOST_OPEN
    assert tmp_path / str(count - 1) in opened._opened
