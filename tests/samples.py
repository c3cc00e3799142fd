"""Where real sample files are, when someone has them: a folder beside the project, or CHARTHOUSE_SAMPLES."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(os.environ.get("CHARTHOUSE_SAMPLES", Path(__file__).parents[2] / "shared" / "data"))


def samples_or_skip(folder: str) -> Path:
    """Return the sample folder, or skip the test and say what is missing."""
    path = ROOT / folder
    if not path.is_dir():
        pytest.skip(f"no samples at {folder}: set CHARTHOUSE_SAMPLES to the folder that holds them")
    return path


def sample_files(folder: str, pattern: str) -> list[Path]:
    """List sample files for parametrize; empty (so: skipped) where the folder is absent."""
    return sorted((ROOT / folder).rglob(pattern)) if (ROOT / folder).is_dir() else []
