"""A practice whose claims are with a payer, and remittances to post against them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from charthouse.apps.accounts.models import Organization, Person
from charthouse.apps.billing.models import Claim
from tests.apps import builders
from tests.apps.remittance import checks


@pytest.fixture(autouse=True)
def channel_dir(settings: Settings, tmp_path: Path) -> Path:
    """The root of all channel folders; the anchors of the audit log are this test's own as well."""
    settings.AUDIT_ANCHOR_FILE = str(tmp_path / "anchors.log")
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


@pytest.fixture
def claim(practice: Organization, bea: Person) -> Claim:
    """A claim of two lines, $120.00 and $98.00, that has been sent."""
    return checks.sent_claim(practice, bea)
