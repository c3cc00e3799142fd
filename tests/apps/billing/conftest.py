"""A practice with a biller, and a channel folder of its own for every test."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from charthouse.apps.accounts.models import Organization, Person
from tests.apps import builders


@pytest.fixture(autouse=True)
def channel_dir(settings: Settings, tmp_path: Path) -> Path:
    """The root of all channel folders."""
    settings.CHANNEL_DIR = tmp_path / "channels"
    return settings.CHANNEL_DIR


@pytest.fixture
def practice(db: None) -> Organization:
    """An organization."""
    return builders.organization()


@pytest.fixture
def bea(practice: Organization) -> Person:
    """Its biller."""
    return builders.biller(practice)
