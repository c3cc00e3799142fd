"""`charthouse demo`: load Harbor Point Health."""

from __future__ import annotations

import argparse
from importlib import import_module

from charthouse.cli.setup import ready_django, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(options: argparse.Namespace) -> int:
    """Load what is missing of the demo; a second run changes nothing."""
    ready_django()
    import_module("charthouse.sandbox.demo").load(say)
    return 0
