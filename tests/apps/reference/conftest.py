"""Every test of the reference app has a shelf of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def shelf_folder(settings: Settings, tmp_path: Path) -> Path:
    """An empty shelf that the settings name."""
    folder = tmp_path / "codesets"
    settings.CODESETS_DIR = folder
    return folder
