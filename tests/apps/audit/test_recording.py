"""Events are written inside the action's transaction and cannot be changed afterwards."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from charthouse.apps.audit.actions import record, seal_pending
from charthouse.apps.audit.context import SYSTEM, Actor, acting_as, current_actor
from charthouse.apps.audit.models import AuditEvent, AuditSeal
from tests.apps import builders

pytestmark = pytest.mark.django_db


def test_it_works() -> None:
    encounter = builders.encounter(builders.organization())
    with acting_as(Actor("p1", "Noor Haddad", "org", "10.0.0.1", "digest")):
        record("charts.chart.opened", encounter, subject=str(encounter.patient.uid), reason="assigned")
    event = AuditEvent.objects.get()
    assert (event.actor, event.actor_label, event.address) == ("p1", "Noor Haddad", "10.0.0.1")
    assert (event.object_type, event.object_id) == ("charts.Encounter", str(encounter.uid))


def test_the_system_acts_when_nobody_does() -> None:
    assert record("jobs.job.finished").actor == SYSTEM.id
    assert current_actor() == SYSTEM


def test_an_event_goes_with_the_work_it_belongs_to() -> None:

    @transaction.atomic
    def work() -> None:
        record("charts.chart.opened")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        work()
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("verb", ["opened", "charts.opened", "Charts.chart.opened", "charts.chart.opened by", ""])
def test_a_verb_has_three_parts(verb: str) -> None:
    with pytest.raises(ValueError, match="not an audit verb"):
        record(verb)


@pytest.mark.parametrize("change", ["update", "delete"])
@pytest.mark.parametrize("model", [AuditEvent, AuditSeal])
def test_the_database_refuses_changes(model: type[AuditEvent] | type[AuditSeal], change: str) -> None:
    record("jobs.job.finished")
    seal_pending()
    column = "reason" if model is AuditEvent else "digest"
    table = model._meta.db_table
    statement = f"DELETE FROM {table}" if change == "delete" else f"UPDATE {table} SET {column} = 'else'"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_an_event_is_sealed_as_soon_as_it_is_committed() -> None:
    with transaction.atomic():
        record("jobs.job.finished")
        record("jobs.job.finished")
        assert not AuditSeal.objects.exists()
    assert AuditSeal.objects.count() == 2
