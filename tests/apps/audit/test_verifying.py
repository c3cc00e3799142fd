"""Whoever rewrites the log is found out, and the first bad row is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from charthouse.apps.audit.actions import record, seal_pending
from charthouse.apps.audit.anchor import anchor_head, read_anchors
from charthouse.apps.audit.chain import digest
from charthouse.apps.audit.models import AuditEvent, AuditSeal
from charthouse.apps.audit.selectors import verify
from charthouse.apps.core.append_only import protect, unprotect

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def log(tmp_path: Path, settings: Settings) -> Iterator[None]:
    """Ten sealed and anchored events in a log whose triggers somebody has taken off."""
    settings.AUDIT_ANCHOR_FILE = tmp_path / "anchors.log"
    for number in range(10):
        record("jobs.job.finished", reason=f"run {number}")
    assert seal_pending() == 10
    anchor_head()
    tables = ("audit_auditevent", "audit_auditseal")
    for table in tables:
        unprotect(table)
    yield
    for table in tables:
        protect(table)


def test_an_untouched_log_holds() -> None:
    verdict = verify()
    assert verdict.holds
    assert (verdict.checked, verdict.unsealed) == (10, 0)


def test_events_that_wait_for_a_seal_are_counted() -> None:
    record("jobs.job.finished")
    assert verify().unsealed == 1


def _event(seq: int) -> AuditEvent:
    return AuditEvent.objects.get(pk=AuditSeal.objects.get(seq=seq).event_id)


def test_a_changed_event_is_named() -> None:
    event = _event(4)
    AuditEvent.objects.filter(pk=event.pk).update(reason="never happened")
    verdict = verify()
    assert verdict.bad_seq == 4
    assert "changed after it was sealed" in verdict.reason
    assert verdict.checked == 3


def test_a_changed_event_with_its_seal_made_anew_is_named_by_the_next() -> None:
    event, seal = _event(4), AuditSeal.objects.get(seq=4)
    event.reason = "never happened"
    event.save()
    AuditSeal.objects.filter(seq=4).update(digest=digest(4, seal.previous, event))
    assert verify().bad_seq == 5


def test_a_deleted_event_is_named() -> None:
    _event(6).delete()
    verdict = verify()
    assert verdict.bad_seq == 6
    assert "deleted" in verdict.reason


def test_a_deleted_row_of_both_tables_is_named() -> None:
    _event(6).delete()
    AuditSeal.objects.filter(seq=6).delete()
    assert verify().bad_seq == 6


def test_swapped_events_are_named() -> None:
    first, second = _event(2), _event(3)
    AuditEvent.objects.filter(pk=first.pk).update(reason=second.reason)
    AuditEvent.objects.filter(pk=second.pk).update(reason=first.reason)
    assert verify().bad_seq == 2


def test_a_cut_off_tail_is_found_by_the_anchor() -> None:
    for seq in (9, 10):
        _event(seq).delete()
        AuditSeal.objects.filter(seq=seq).delete()
    verdict = verify()
    assert verdict.bad_seq == 10
    assert "anchor" in verdict.reason


def test_a_log_written_anew_from_the_start_is_found_by_the_anchor() -> None:
    previous = "0" * 64
    for seal in AuditSeal.objects.order_by("seq"):
        event = AuditEvent.objects.get(pk=seal.event_id)
        event.actor_label = "Somebody else"
        event.save()
        own = digest(seal.seq, previous, event)
        AuditSeal.objects.filter(seq=seal.seq).update(previous=previous, digest=own)
        previous = own
    verdict = verify()
    assert not verdict.holds
    assert "anchor" in verdict.reason


def test_a_spoiled_anchor_file_does_not_pass(settings: Settings) -> None:
    with Path(settings.AUDIT_ANCHOR_FILE).open("a") as file:
        file.write("{not json\n")
    assert not verify().holds


def test_the_head_is_anchored_once(settings: Settings) -> None:
    anchor_head()
    anchor_head()
    assert len(read_anchors()) == 1
    record("jobs.job.finished")
    seal_pending()
    anchor_head()
    assert [anchor.seq for anchor in read_anchors()] == [10, 11]


def test_an_empty_log_has_no_anchor() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_auditseal")
    assert anchor_head() is None
