"""`charthouse worker`: deliver what is in the outbox, collect answers, seal the log."""

from __future__ import annotations

import argparse
import signal
import threading

from charthouse.cli.setup import say, start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(options: argparse.Namespace) -> int:
    """Work until told to stop."""
    start_django()
    from charthouse.apps.jobs.worker import run as work

    stop = stop_on_signal()
    say("Worker is running.")
    work(stop)
    return 0


def stop_on_signal() -> threading.Event:
    """An event that is set by Ctrl+C and by a request to end."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop
