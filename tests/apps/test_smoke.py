"""The test database has its triggers and the builders work."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from charthouse.apps.audit.actions import record, seal_pending
from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.audit.selectors import verify
from tests.apps import builders


@pytest.mark.django_db
def test_it_works() -> None:
    encounter = builders.encounter(builders.organization())
    builders.document(encounter)
    record("charts.chart.opened", encounter)
    assert seal_pending() == 1
    assert verify().holds
    assert encounter.patient.display_name == "Okafor, Maren T."
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEvent.objects.update(reason="changed")
