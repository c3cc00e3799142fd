"""`charthouse sandbox`: payers that answer claims, for demo and test."""

from __future__ import annotations

import argparse

from charthouse.cli.setup import say, start_django
from charthouse.cli.worker import stop_on_signal

_EVERY = 1.0  # seconds between two looks into the folders


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(options: argparse.Namespace) -> int:
    """Answer claims until told to stop."""
    start_django()
    from importlib import import_module

    from django.conf import settings

    # By name: the sandbox stands above the doors, so a door may start it but not import it.
    payer = import_module("charthouse.sandbox.payer")
    stop = stop_on_signal()
    say("Payer sandbox is running.")
    while not stop.wait(_EVERY):
        payer.run_once(settings.CHANNEL_DIR)
    return 0
