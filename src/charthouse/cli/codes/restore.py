"""`charthouse codes restore`: put a withdrawn release back in force."""

from __future__ import annotations

import argparse

from charthouse.cli.codes.changing import add_arguments, carried_out
from charthouse.cli.setup import ready_django

__all__ = ["add_arguments", "run"]


def run(options: argparse.Namespace) -> int:
    """Do it; 1 when it was refused."""
    ready_django()
    from charthouse.apps.reference.actions import restore

    return carried_out(restore, options, "is in force again.")
