"""`charthouse codes withdraw`: take a loaded release out of force; its file is kept."""

from __future__ import annotations

import argparse

from charthouse.cli.setup import ready_django, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which one, and why."""
    parser.add_argument("uid", help="as `charthouse codes sets` prints it")
    parser.add_argument("--reason", required=True)


def run(options: argparse.Namespace) -> int:
    """Do it; 1 when there is no such release."""
    ready_django()
    from charthouse.apps.reference.actions import withdraw
    from charthouse.kit import Refused

    try:
        release = withdraw(None, options.uid, options.reason)
    except Refused as error:
        say(str(error))
        return 1
    say(f"{release.table} {release.label} is out of force; the release before it answers again, if there is one.")
    return 0
