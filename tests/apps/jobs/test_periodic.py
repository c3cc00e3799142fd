"""Periodic jobs: each is run when due, by one worker at a time, and an error of one stops none of the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from threading import Event

import pytest
from django.db import OperationalError
from time_machine import travel

from charthouse.apps.audit.context import current_actor
from charthouse.apps.core.clock import now
from charthouse.apps.jobs import registry, worker
from charthouse.apps.jobs.actions import run_due
from charthouse.apps.jobs.models import PeriodicJob

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, registry.Repeated]]:
    """Start from an empty registry; the real jobs stay registered for everybody else."""
    registry.repeated()
    empty: dict[str, registry.Repeated] = {}
    monkeypatch.setattr(registry, "_registered", empty)
    return empty


def test_a_new_job_runs_at_once_and_then_when_its_time_has_come() -> None:
    runs: list[str] = []
    registry.periodic("test.tick", every_seconds=10)(lambda: runs.append("tick"))
    with travel("2026-11-23 12:00:00+00:00", tick=False) as clock:
        assert run_due() == ["test.tick"]
        assert run_due() == []
        clock.shift(timedelta(seconds=9))
        assert run_due() == []
        clock.shift(timedelta(seconds=1))
        assert run_due() == ["test.tick"]
    assert runs == ["tick", "tick"]


def test_a_job_held_by_another_worker_is_left_alone_until_its_lease_ends() -> None:
    registry.periodic("test.tick", every_seconds=1)(lambda: None)
    with travel("2026-11-23 12:00:00+00:00", tick=False) as clock:
        PeriodicJob.objects.create(name="test.tick", due_at=now(), running_until=now() + timedelta(minutes=5))
        assert run_due() == []
        clock.shift(timedelta(minutes=5))
        assert run_due() == ["test.tick"]
    assert PeriodicJob.objects.get().running_until is None


def test_a_job_that_is_taken_between_look_and_claim_is_not_run_twice() -> None:
    runs: list[str] = []

    def taken_meanwhile() -> None:
        PeriodicJob.objects.filter(name="test.second").update(running_until=now() + timedelta(minutes=5))

    PeriodicJob.objects.create(name="test.second", due_at=now())
    registry.periodic("test.first", every_seconds=1)(taken_meanwhile)
    registry.periodic("test.second", every_seconds=1)(lambda: runs.append("second"))
    assert run_due() == ["test.first"]
    assert runs == []


def test_an_error_is_kept_without_its_text_and_the_other_jobs_run(caplog: pytest.LogCaptureFixture) -> None:
    def fails() -> None:
        raise ValueError("Maren Okafor, born 1959")

    registry.periodic("test.fails", every_seconds=1)(fails)
    registry.periodic("test.works", every_seconds=1)(lambda: None)
    assert run_due() == ["test.fails", "test.works"]
    error = PeriodicJob.objects.get(name="test.fails").last_error
    assert error.startswith("ValueError in ")
    assert "Okafor" not in error + caplog.text
    assert PeriodicJob.objects.get(name="test.works").last_error == ""


def test_a_job_that_works_again_forgets_its_error() -> None:
    outcomes = iter([ZeroDivisionError(), None])

    def sometimes() -> None:
        if error := next(outcomes):
            raise error

    registry.periodic("test.sometimes", every_seconds=0)(sometimes)
    run_due()
    assert PeriodicJob.objects.get().last_error
    run_due()
    assert PeriodicJob.objects.get().last_error == ""


def test_an_interrupt_is_not_swallowed_and_the_lease_ends_by_itself() -> None:
    def stopped() -> None:
        raise KeyboardInterrupt

    registry.periodic("test.stopped", every_seconds=1)(stopped)
    with pytest.raises(KeyboardInterrupt):
        run_due()
    assert PeriodicJob.objects.get().running_until is not None


def test_jobs_act_as_the_worker() -> None:
    seen: list[str] = []
    registry.periodic("test.who", every_seconds=1)(lambda: seen.append(current_actor().id))
    run_due()
    assert seen == ["worker"]


def test_the_worker_stops_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)  # the test's own stays open
    stop = Event()
    registry.periodic("test.stop", every_seconds=0)(stop.set)
    worker.run(stop)
    assert PeriodicJob.objects.get().last_finished_at is not None


def test_the_worker_waits_for_a_database_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    stop = Event()
    rounds: list[int] = []

    def away() -> list[str]:
        rounds.append(1)
        if len(rounds) == 2:
            stop.set()
        raise OperationalError("locked")

    monkeypatch.setattr(worker, "run_due", away)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker, "PAUSE_SECONDS", 0)
    worker.run(stop)
    assert len(rounds) == 2
