"""The outbox stores exact bytes with their numbers and delivers each file exactly once, whatever crashes."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies
from time_machine import travel

from charthouse.apps.accounts.models import Role
from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.core.clock import now
from charthouse.apps.core.errors import Conflict, Denied
from charthouse.apps.exchange import channels, outbox
from charthouse.apps.exchange.control_numbers import ControlNumbers
from charthouse.apps.exchange.hooks import InterchangeDelivered, interchange_delivered
from charthouse.apps.exchange.models import Channel, ControlNumber, OutboundInterchange
from tests.apps import builders

pytestmark = pytest.mark.django_db
State = OutboundInterchange.State


class Crash(BaseException):
    """The power goes: nothing may catch it."""


def queue(channel: Channel, text: str = "ISA") -> OutboundInterchange:
    return outbox.queue(channel, lambda numbers, at: f"{text}*{numbers.interchange}".encode())


@pytest.fixture
def channel(channel_dir: Path) -> Channel:
    return builders.channel(builders.organization())


def delivered_files(channel: Channel) -> list[Path]:
    return sorted(channels.folder_of(channel).to_payer.iterdir())


def test_what_is_queued_is_what_arrives(channel: Channel) -> None:
    row = queue(channel)
    assert outbox.deliver_due() == 1
    (file,) = delivered_files(channel)
    assert file.name == row.file_name
    assert file.read_bytes() == b"ISA*1"
    row.refresh_from_db()
    assert (row.state, row.sha256) == (State.DELIVERED, hashlib.sha256(b"ISA*1").hexdigest())
    assert outbox.deliver_due() == 0


def test_two_interchanges_of_one_moment_are_two_files(channel: Channel) -> None:
    with travel("2026-11-23 12:00:00+00:00", tick=False):
        queue(channel)
        queue(channel)
        assert outbox.deliver_due() == 2
    assert len(delivered_files(channel)) == 2


def test_bytes_that_cannot_be_built_use_no_number(channel: Channel) -> None:
    def fails(numbers: ControlNumbers, at: datetime) -> bytes:
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        outbox.queue(channel, fails)
    assert not OutboundInterchange.objects.exists()
    assert not ControlNumber.objects.exists()
    assert queue(channel).interchange_control == 1


def test_delivery_is_told_once(channel: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    def hear(event: InterchangeDelivered) -> None:
        told.append(event.interchange.file_name)

    monkeypatch.setattr(interchange_delivered, "_handlers", [hear])
    row = queue(channel)
    outbox.deliver_due()
    outbox.deliver_due()
    assert told == [row.file_name]
    assert AuditEvent.objects.filter(verb="exchange.interchange.delivered").count() == 1


def test_a_row_another_worker_has_taken_is_left_alone(channel: Channel) -> None:
    row = queue(channel)
    seen = row.next_attempt_at
    assert outbox._lease(row.pk, seen)
    assert not outbox._lease(row.pk, seen)
    assert outbox.deliver_due() == 0


def test_a_disk_that_is_full_is_tried_again_later(channel: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    with travel("2026-11-23 12:00:00+00:00", tick=False) as clock:
        row = queue(channel)
        with monkeypatch.context() as patch:
            patch.setattr(channels, "_write", _full)
            assert outbox.deliver_due() == 0
        row.refresh_from_db()
        assert (row.state, row.attempts) == (State.QUEUED, 1)
        assert row.last_error == "OSError: No space left on device"
        assert row.next_attempt_at == now() + timedelta(seconds=2)
        clock.shift(timedelta(seconds=2))
        assert outbox.deliver_due() == 1
    row.refresh_from_db()
    assert (row.state, row.last_error) == (State.DELIVERED, "")


def test_after_ten_failures_a_person_is_needed_and_can_try_again(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channels, "_write", _full)
    with travel("2026-11-23 12:00:00+00:00", tick=False) as clock:
        row = queue(channel)
        for _ in range(12):
            outbox.deliver_due()
            clock.shift(timedelta(hours=1))
    row.refresh_from_db()
    assert (row.state, row.attempts) == (State.FAILED, 10)
    monkeypatch.undo()
    manager = builders.person(Role.MANAGER, at=channel.organization)
    with travel(now() + timedelta(days=1)):
        outbox.try_again(manager, row.uid)
        assert outbox.deliver_due() == 1
        with pytest.raises(Conflict):
            outbox.try_again(manager, row.uid)


def test_only_a_manager_or_it_of_the_organization_tries_again(channel: Channel) -> None:
    row = queue(channel)
    for person in (builders.person(Role.CODER, at=channel.organization), builders.person(Role.MANAGER)):
        with pytest.raises(Denied):
            outbox.try_again(person, row.uid)


def test_an_inactive_channel_delivers_nothing(channel: Channel) -> None:
    queue(channel)
    Channel.objects.update(is_active=False)
    assert outbox.deliver_due() == 0


STEPS = ["write", "write-receipt", "rename", "sync", "hook", "none"]


def _crash_at(step: str, patch: pytest.MonkeyPatch) -> None:
    """Let the power go right after (or in the middle of) one step of the delivery."""
    real_write, real_sync, real_rename = channels._write, channels._sync_folder, Path.rename

    def write(path: Path, content: bytes) -> None:
        if step == "write" and content:
            path.write_bytes(content[: len(content) // 2])
            raise Crash
        real_write(path, content)
        if step == "write-receipt" and not content:
            raise Crash

    def rename(path: Path, target: Path) -> Path:
        moved = real_rename(path, target)
        if step == "rename":
            raise Crash
        return moved

    def sync(path: Path) -> None:
        real_sync(path)
        if step == "sync" and path.name == "to-payer":
            raise Crash

    def crash(*_: Any) -> None:
        raise Crash

    patch.setattr(channels, "_write", write)
    patch.setattr(channels, "_sync_folder", sync)
    patch.setattr(Path, "rename", rename)
    if step == "hook":
        patch.setattr(interchange_delivered, "send", crash)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("payer_is_quick", [True, False])
def test_a_crash_at_any_step_loses_nothing_and_sends_nothing_twice(
    step: str, payer_is_quick: bool, channel: Channel
) -> None:
    received: list[bytes] = []

    def payer_collects() -> None:
        for file in delivered_files(channel):
            received.append(file.read_bytes())
            file.unlink()

    row = queue(channel)
    with pytest.MonkeyPatch.context() as patch:
        _crash_at(step, patch)
        try:
            outbox.deliver_due()
        except Crash:
            assert step != "none"
    if payer_is_quick:
        payer_collects()
    with travel(now() + outbox.LEASE * 2):
        outbox.deliver_due()
        outbox.deliver_due()
    payer_collects()
    assert received == [b"ISA*1"]
    row.refresh_from_db()
    assert row.state == State.DELIVERED


@given(
    schedule=strategies.lists(
        strategies.tuples(strategies.sampled_from(STEPS), strategies.booleans(), strategies.booleans()), max_size=6
    )
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_schedule_of_crashes_and_new_work_delivers_each_interchange_exactly_once(
    schedule: list[tuple[str, bool, bool]], channel: Channel
) -> None:
    OutboundInterchange.objects.all().delete()
    received: list[bytes] = []

    def run(act: Callable[[], object], after: timedelta) -> None:
        with travel(now() + after):
            act()

    expected = []
    elapsed = timedelta(0)
    for step, adds_work, payer_collects in schedule:
        if adds_work:
            expected.append(queue(channel).content)
        elapsed += outbox.LEASE * 2
        with pytest.MonkeyPatch.context() as patch:
            _crash_at(step, patch)
            with contextlib.suppress(Crash):
                run(outbox.deliver_due, elapsed)
        if payer_collects:
            _collect(channel, received)
    run(outbox.deliver_due, elapsed + outbox.LEASE * 2)
    _collect(channel, received)
    assert sorted(received) == sorted(expected)
    assert not OutboundInterchange.objects.exclude(state=State.DELIVERED).exists()


def _collect(channel: Channel, received: list[bytes]) -> None:
    for file in delivered_files(channel):
        received.append(file.read_bytes())
        file.unlink()


def _full(path: Path, content: bytes) -> None:
    raise OSError(28, "No space left on device")
