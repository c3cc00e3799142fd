"""Fixtures for every test."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

# The same examples each time where a verdict is given; at a desk hypothesis goes on exploring.
settings.register_profile("verdict", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("verdict")

APPEND_ONLY = (
    "audit_auditevent",
    "audit_auditseal",
    "program_signature",
    "remittance_journalentry",
    "remittance_posting",
)


@pytest.fixture(autouse=True)
def _emptying_append_only_tables(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let the flush after a test with real commits empty tables whose triggers refuse DELETE; flush puts them back."""
    marker = request.node.get_closest_marker("django_db")
    commits = bool(marker and marker.kwargs.get("transaction"))
    if not commits and not {"transactional_db", "live_server"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    from charthouse.apps.core.append_only import unprotect

    for table in APPEND_ONLY:
        unprotect(table)
