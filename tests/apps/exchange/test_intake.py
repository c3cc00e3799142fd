"""Taking files in: whole, once, or refused with the reason and without the content."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from charthouse.apps.accounts.models import Organization, Role
from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.charts.models import ClinicalFact, Document, Encounter, Patient
from charthouse.apps.core.errors import Denied
from charthouse.apps.exchange.actions import receive_file, refuse_oversize
from charthouse.apps.exchange.hooks import ChartReceived, chart_received
from charthouse.apps.exchange.models import InboundFile
from charthouse.apps.exchange.selectors import inbound_file, inbox
from charthouse.apps.worklists.models import WorkItem
from charthouse.kit import Refusal, Refused
from tests.apps import builders
from tests.apps.exchange.notes import note

pytestmark = pytest.mark.django_db
Outcome = InboundFile.Outcome


@pytest.fixture
def at() -> Organization:
    return builders.organization()


def test_a_note_becomes_a_patient_an_encounter_a_document_and_work(at: Organization) -> None:
    file = receive_file(None, at, "visit.txt", note())
    assert (file.outcome, file.format, file.size) == (Outcome.TAKEN, "plaintext", len(note()))
    assert file.taken["patients"] == file.taken["encounters"] == file.taken["documents"] == 1
    assert (Patient.objects.count(), Encounter.objects.count(), WorkItem.objects.count()) == (1, 1, 1)
    assert Document.objects.get().source == file
    stored = InboundFile.objects.get()
    assert stored.content == note()
    assert stored.skipped is not None


def test_what_happened_is_in_the_audit_log_without_the_name_of_the_file(at: Organization) -> None:
    receive_file(None, at, "Maren Okafor.txt", note())
    receive_file(None, at, "Maren Okafor.txt", b"")
    for event in AuditEvent.objects.filter(verb__startswith="exchange."):
        assert "Okafor" not in str(event.detail)
    verbs = list(AuditEvent.objects.filter(verb__startswith="exchange.").values_list("verb", flat=True))
    assert verbs == ["exchange.file.taken", "exchange.file.refused"]


def test_the_same_bytes_again_change_nothing(at: Organization) -> None:
    receive_file(None, at, "visit.txt", note())
    again = receive_file(None, at, "another name.txt", note())
    assert (again.outcome, again.content, again.taken) == (Outcome.DUPLICATE, None, {})
    assert (Patient.objects.count(), Document.objects.count(), InboundFile.objects.count()) == (1, 1, 2)


def test_the_same_bytes_for_another_organization_are_another_file(at: Organization) -> None:
    receive_file(None, at, "visit.txt", note())
    assert receive_file(None, builders.organization(), "visit.txt", note()).outcome == Outcome.TAKEN
    assert Patient.objects.count() == 2


def test_another_note_of_the_same_patient_is_added(at: Organization) -> None:
    receive_file(None, at, "one.txt", note())
    receive_file(None, at, "two.txt", note(encounter="V-2", text="Cough for three days."))
    assert (Patient.objects.count(), Encounter.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "intake.empty"),
        (b"%PDF-1.7\n", "intake.unknown-format"),
        (b"\x00\x01\x02\x03" * 100, "intake.unknown-format"),
        (b"PK\x03\x04zip", "intake.unknown-format"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_with_rule_and_mend(at: Organization, data: bytes, rule: str) -> None:
    file = receive_file(None, at, "x.bin", data)
    assert file.outcome == Outcome.REFUSED
    assert file.refusal["rule"] == rule
    assert file.refusal["message"]
    assert file.refusal["mend"]
    assert InboundFile.objects.get().content is None


@pytest.mark.parametrize(
    "data",
    [
        b"just some words",
        b'{"resourceType": "Bundle", "entry": [',
        b"<ClinicalDocument xmlns='urn:hl7-org:v3'><broken></ClinicalDocument>",
        b"<!DOCTYPE x [<!ENTITY a 'b'>]><ClinicalDocument/>",
        b'{"resourceType": "Bundle", "x": ' + b"[" * 20_000 + b"]" * 20_000 + b"}",
    ],
    ids=["words", "cut off", "broken", "entities", "deep"],
)
def test_broken_and_hostile_files_are_refused_and_leave_nothing(at: Organization, data: bytes) -> None:
    file = receive_file(None, at, "x", data)
    assert file.outcome == Outcome.REFUSED
    assert file.refusal["rule"]
    assert not Patient.objects.exists()
    assert InboundFile.objects.get().content is None


def test_a_file_over_the_limit_is_refused_before_it_is_read(at: Organization, settings: Settings) -> None:
    settings.INTAKE_MAX_BYTES = 100
    file = receive_file(None, at, "big.txt", note())
    assert (file.outcome, file.refusal["rule"]) == (Outcome.REFUSED, "intake.too-large")


def test_two_hundred_megabytes_are_refused_by_size_alone(at: Organization) -> None:
    file = refuse_oversize(None, at, "huge.json", 200 * 1024 * 1024)
    assert (file.outcome, file.size, file.sha256, file.content) == (Outcome.REFUSED, 209_715_200, "", None)
    assert file.refusal["rule"] == "intake.too-large"
    assert "32 MB" in file.refusal["message"]


def test_what_fails_half_way_leaves_nothing_but_the_refusal(at: Organization) -> None:
    def fail(event: ChartReceived) -> None:
        assert Patient.objects.exists()
        raise Refused(Refusal(event.file.name, "", "test.rule", "Not this one."))

    chart_received.register(fail)
    try:
        file = receive_file(None, at, "visit.txt", note())
    finally:
        chart_received._handlers.remove(fail)
    assert file.refusal["rule"] == "test.rule"
    assert [model.objects.count() for model in (Patient, Encounter, Document, ClinicalFact, WorkItem)] == [0] * 5
    assert list(InboundFile.objects.values_list("outcome", flat=True)) == [Outcome.REFUSED]


def test_a_refused_file_can_be_sent_again(at: Organization) -> None:
    def fail(event: ChartReceived) -> None:
        raise Refused(Refusal(event.file.name, "", "test.rule", "Not now."))

    chart_received.register(fail)
    receive_file(None, at, "visit.txt", note())
    chart_received._handlers.remove(fail)
    assert receive_file(None, at, "visit.txt", note()).outcome == Outcome.TAKEN


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\charts\\a.txt", "a.txt"),
        ("a\x00b\r\n.txt", "ab.txt"),
        ("", "unnamed"),
        ("/", "unnamed"),
        ("n" * 500, "n" * 200),
    ],
)
def test_the_name_of_a_file_is_only_a_name(at: Organization, given: str, kept: str) -> None:
    assert receive_file(None, at, given, note()).name == kept


@pytest.mark.parametrize(("role", "may"), [(role, role in {Role.IT_ADMIN, Role.MANAGER}) for role in Role])
def test_it_and_managers_hand_files_in(at: Organization, role: Role, may: bool) -> None:
    person = builders.person(role, at=at, name="Ida Lund")
    if may:
        assert receive_file(person, at, "visit.txt", note()).received_by == "Ida Lund"
        assert [file.name for file in inbox(person)] == ["visit.txt"]
        return
    for attempt in (
        lambda: receive_file(person, at, "visit.txt", note()),
        lambda: refuse_oversize(person, at, "visit.txt", 1),
        lambda: inbox(person),
    ):
        with pytest.raises(Denied):
            attempt()
    assert not InboundFile.objects.exists()


def test_nobody_hands_files_in_for_another_organization(at: Organization) -> None:
    stranger = builders.person(Role.IT_ADMIN, at=builders.organization())
    with pytest.raises(Denied):
        receive_file(stranger, at, "visit.txt", note())
    file = receive_file(None, at, "visit.txt", note())
    assert list(inbox(stranger)) == []
    with pytest.raises(Denied):
        inbound_file(stranger, file.uid)
    assert inbound_file(builders.person(Role.IT_ADMIN, at=at), file.uid) == file


def test_the_inbox_does_not_decrypt_contents(at: Organization) -> None:
    receive_file(None, at, "visit.txt", note())
    (file,) = inbox(builders.person(Role.IT_ADMIN, at=at))
    assert {"content", "skipped"} <= file.get_deferred_fields()


def test_logs_hold_no_patient_data(at: Organization, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "charthouse"):
        receive_file(None, at, "Okafor.txt", note())
        receive_file(None, at, "Okafor.txt", b"<ClinicalDocument>Okafor")
    assert "Okafor" not in caplog.text


def test_nothing_of_a_file_is_readable_in_the_database(at: Organization) -> None:
    receive_file(None, at, "visit.txt", note())
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM exchange_inboundfile")
        stored: list[Any] = [bytes(v) if isinstance(v, memoryview) else v for row in cursor for v in row]
    assert "Okafor" not in repr(stored)


@pytest.mark.django_db(transaction=True)
def test_many_who_send_at_once_make_one_patient_and_each_file_is_taken_once() -> None:
    at = builders.organization()
    sent = [note("V-1"), note("V-1"), note("V-2"), note("V-2")]

    def send(data: bytes) -> str:
        try:
            return receive_file(None, at, "visit.txt", data).outcome
        finally:
            connection.close()

    with ThreadPoolExecutor(len(sent)) as threads:
        outcomes = sorted(threads.map(send, sent))
    assert outcomes == [Outcome.DUPLICATE, Outcome.DUPLICATE, Outcome.TAKEN, Outcome.TAKEN]
    assert (Patient.objects.count(), Encounter.objects.count(), WorkItem.objects.count()) == (1, 2, 2)
