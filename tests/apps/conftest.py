"""Fixtures for the tests of apps."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _an_anchor_of_its_own(settings: Settings, tmp_path: Path) -> None:
    """Every test has a log of its own, so it has an anchor of its own."""
    settings.AUDIT_ANCHOR_FILE = tmp_path / "anchors.log"
