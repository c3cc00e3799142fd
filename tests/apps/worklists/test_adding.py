"""What comes onto the worklist by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.charts.actions import store_chart
from charthouse.apps.core.clock import now
from charthouse.apps.worklists.models import WorkItem
from charthouse.kit import Chart, ChartSection
from tests.apps import builders
from tests.apps.charts.charts import NOTE, VISIT, chart

pytestmark = pytest.mark.django_db


def test_an_encounter_with_text_and_dates_is_ready_and_due_in_two_days() -> None:
    store_chart(builders.organization(), None, chart())
    item = WorkItem.objects.get()
    assert (item.state, item.assigned_to) == (WorkItem.State.READY, None)
    assert item.due_at - item.codable_at == timedelta(days=2)
    assert abs(now() - item.codable_at) < timedelta(minutes=1)
    assert AuditEvent.objects.filter(verb="worklists.item.added").count() == 1


EMPTY = replace(NOTE, sections=(ChartSection("Assessment", "  \n"),))


@pytest.mark.parametrize(
    "made",
    [
        chart(documents=()),
        chart(documents=(EMPTY,)),
        chart(documents=(replace(NOTE, sections=(), attachment=b"%PDF"),)),
        chart(encounters=(replace(VISIT, dates=None),)),
    ],
    ids=["no documents", "no text", "only a picture", "no dates"],
)
def test_what_cannot_be_coded_yet_waits(made: Chart) -> None:
    at = builders.organization()
    store_chart(at, None, made)
    assert not WorkItem.objects.exists()
    store_chart(at, None, chart(documents=(replace(NOTE, key="D-9"),)))
    assert WorkItem.objects.get().state == WorkItem.State.READY


def test_more_documents_change_nothing_on_the_list() -> None:
    at = builders.organization()
    store_chart(at, None, chart())
    WorkItem.objects.update(state=WorkItem.State.CODED)
    store_chart(at, None, chart(documents=(replace(NOTE, key="D-2"),)))
    assert WorkItem.objects.get().state == WorkItem.State.CODED


def test_each_encounter_of_a_file_is_a_piece_of_work() -> None:
    second, third = replace(VISIT, key="V-2"), replace(VISIT, key="V-3")
    documents = (NOTE, replace(NOTE, key="D-2", encounter_key="V-2"))
    store_chart(builders.organization(), None, chart(encounters=(VISIT, second, third), documents=documents))
    assert WorkItem.objects.count() == 2
