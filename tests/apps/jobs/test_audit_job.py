"""The audit job seals what is pending and writes the head of the chain outside the database."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from charthouse.apps.audit.actions import record
from charthouse.apps.audit.anchor import read_anchors
from charthouse.apps.audit.models import AuditSeal
from charthouse.apps.audit.selectors import verify
from charthouse.apps.jobs.registry import repeated
from charthouse.apps.jobs.tasks import seal_audit_log


@pytest.mark.django_db
def test_pending_events_are_sealed_and_anchored(settings: Settings, tmp_path: Path) -> None:
    settings.AUDIT_ANCHOR_FILE = str(tmp_path / "anchors.log")
    record("jobs.test.happened")
    seal_audit_log()
    assert AuditSeal.objects.count() == 1
    assert [anchor.seq for anchor in read_anchors()] == [1]
    assert verify().holds


@pytest.mark.django_db
def test_nothing_pending_writes_nothing(settings: Settings, tmp_path: Path) -> None:
    settings.AUDIT_ANCHOR_FILE = str(tmp_path / "anchors.log")
    seal_audit_log()
    assert read_anchors() == []


def test_the_jobs_of_the_apps_are_found() -> None:
    names = [job.name for job in repeated()]
    assert {"audit.seal"} <= set(names)
    assert len(names) == len(set(names))
