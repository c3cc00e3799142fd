"""Runs the charthouse command in a process and a data folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder shared by the tests of commands."""
    return tmp_path_factory.mktemp("data") / "var"


@pytest.fixture(scope="session")
def charthouse(data_folder: Path) -> Run:
    """Call `charthouse` with arguments; always on SQLite in the shared data folder."""
    kept = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}

    def run(*words: object, **more: str) -> subprocess.CompletedProcess[str]:
        environment = {**kept, "CHARTHOUSE_DATA": str(data_folder), **more}
        command = [sys.executable, "-m", "charthouse.cli.main", *map(str, words)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)

    return run
