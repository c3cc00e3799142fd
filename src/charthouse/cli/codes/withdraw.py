"""`charthouse codes withdraw`: take a loaded release out of force; its file is kept."""

from __future__ import annotations

import argparse

from charthouse.cli.codes.changing import add_arguments, carried_out
from charthouse.cli.setup import ready_django

__all__ = ["add_arguments", "run"]


def run(options: argparse.Namespace) -> int:
    """Do it; 1 when it was refused."""
    ready_django()
    from charthouse.apps.reference.actions import withdraw

    return carried_out(withdraw, options, "is out of force; the release before it answers again, if there is one.")
