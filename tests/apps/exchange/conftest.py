"""A channel folder of its own for every test."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def channel_dir(settings: Settings, tmp_path: Path) -> Path:
    """The root of all channel folders."""
    settings.CHANNEL_DIR = tmp_path / "channels"
    return settings.CHANNEL_DIR
