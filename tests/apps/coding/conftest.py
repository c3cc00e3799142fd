"""Fixtures of the tests of coding."""

from __future__ import annotations

import pytest

from tests.apps.coding.desk import Desk, set_up


@pytest.fixture
def desk(db: None) -> Desk:
    """A coder with a chart in hand."""
    return set_up()
