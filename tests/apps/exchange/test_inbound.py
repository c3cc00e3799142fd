"""Files from payers are stored once, handed on, and put away; a bad one never holds up the others."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import OperationalError
from pytest_django import Settings

from charthouse.apps.core.hooks import Hook
from charthouse.apps.exchange import inbound
from charthouse.apps.exchange.channels import folder_of
from charthouse.apps.exchange.hooks import X12Received
from charthouse.apps.exchange.models import Channel, InboundFile
from charthouse.engines.x12 import Interchange, InterchangeAck, PartyId, write_interchange
from tests.apps import builders

pytestmark = pytest.mark.django_db
Outcome = InboundFile.Outcome


@pytest.fixture
def channel(channel_dir: Path) -> Channel:
    return builders.channel(builders.organization())


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[X12Received]:
    hook: Hook[X12Received] = Hook("test")
    events: list[X12Received] = []
    hook.register(events.append)
    monkeypatch.setattr(inbound, "x12_received", hook)
    return events


def ta1(control: int = 1) -> bytes:
    at = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    party = PartyId("ZZ", "SOMEBODY")
    return write_interchange(Interchange(party, party, control, at, "T", (), (InterchangeAck("000000001", at, "A"),)))


def leave(channel: Channel, name: str, content: bytes) -> Path:
    path = folder_of(channel).from_payer / name
    path.write_bytes(content)
    return path


def test_a_file_is_stored_handed_on_and_put_away(channel: Channel, heard: list[X12Received]) -> None:
    path = leave(channel, "ack.edi", ta1())
    assert inbound.collect_due() == 1
    file = InboundFile.objects.get()
    assert (file.outcome, file.format, file.taken, file.content) == (Outcome.TAKEN, "x12", {"TA1": 1}, ta1())
    assert [event.interchange.control_number for event in heard] == [1]
    assert heard[0].channel == channel
    assert not path.exists()
    assert [p.name.endswith("-ack.edi") for p in folder_of(channel).done.iterdir()] == [True]


def test_the_same_bytes_under_another_name_change_nothing(channel: Channel, heard: list[X12Received]) -> None:
    leave(channel, "ack.edi", ta1())
    inbound.collect_due()
    leave(channel, "renamed.edi", ta1())
    inbound.collect_due()
    assert sorted(InboundFile.objects.values_list("outcome", flat=True)) == [Outcome.DUPLICATE, Outcome.TAKEN]
    assert len(heard) == 1
    assert len(list(folder_of(channel).done.iterdir())) == 2


def test_every_interchange_of_a_file_is_handed_on(channel: Channel, heard: list[X12Received]) -> None:
    leave(channel, "two.edi", ta1(1) + ta1(2))
    inbound.collect_due()
    assert [event.interchange.control_number for event in heard] == [1, 2]


@pytest.mark.parametrize("content", [b"", b"hello", b"\xff\x00" * 100, b"ISA*short~"])
def test_what_is_not_x12_is_refused_and_kept_aside(content: bytes, channel: Channel, heard: list[X12Received]) -> None:
    leave(channel, "a-bad.edi", content)
    leave(channel, "good.edi", ta1())
    assert inbound.collect_due() == 2
    refused = InboundFile.objects.get(outcome=Outcome.REFUSED)
    assert refused.refusal["rule"] == "x12.no-interchange"
    assert len(heard) == 1
    assert len(list(folder_of(channel).refused.iterdir())) == 1


def test_a_file_that_is_too_large_is_refused_unread(
    channel: Channel, heard: list[X12Received], settings: Settings
) -> None:
    settings.INTAKE_MAX_BYTES = 10
    leave(channel, "large.edi", ta1())
    inbound.collect_due()
    assert InboundFile.objects.get().refusal["rule"] == "intake.too-large"
    assert heard == []


def test_a_handler_that_fails_undoes_the_file_and_names_no_patient(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(event: X12Received) -> None:
        raise KeyError("Okafor")

    monkeypatch.setattr(inbound.x12_received, "_handlers", [fails])
    leave(channel, "ack.edi", ta1())
    inbound.collect_due()
    file = InboundFile.objects.get()
    assert (file.outcome, file.refusal["rule"]) == (Outcome.REFUSED, "x12.not-processed")
    assert "Okafor" not in str(file.refusal)


def test_a_database_that_is_away_leaves_the_file_for_the_next_round(
    channel: Channel, heard: list[X12Received], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(event: X12Received) -> None:
        raise OperationalError("locked")

    path = leave(channel, "ack.edi", ta1())
    with monkeypatch.context() as patch:
        patch.setattr(inbound.x12_received, "_handlers", [away])
        with pytest.raises(OperationalError):
            inbound.collect_due()
    assert path.exists()
    assert not InboundFile.objects.exists()
    inbound.collect_due()
    assert InboundFile.objects.get().outcome == Outcome.TAKEN


def test_a_crash_before_the_file_is_put_away_takes_it_once(
    channel: Channel, heard: list[X12Received], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = leave(channel, "ack.edi", ta1())
    inbound.take(channel, path.name, path.read_bytes())
    inbound.collect_due()
    assert len(heard) == 1
    assert not path.exists()


@pytest.mark.parametrize("name", [".hidden.edi", "half.edi.tmp", "half.part"])
def test_a_file_still_being_written_is_left_alone(name: str, channel: Channel, heard: list[X12Received]) -> None:
    path = leave(channel, name, ta1())
    assert inbound.collect_due() == 0
    assert path.exists()


def test_a_link_out_of_the_folder_is_not_followed(channel: Channel, heard: list[X12Received], tmp_path: Path) -> None:
    secret = tmp_path / "secret.edi"
    secret.write_bytes(ta1())
    (folder_of(channel).from_payer / "link.edi").symlink_to(secret)
    assert inbound.collect_due() == 0
    assert heard == []
