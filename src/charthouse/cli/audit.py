"""`charthouse audit verify`: recompute the chain of the log and hold it against its anchors."""

from __future__ import annotations

import argparse

from charthouse.cli.setup import start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The only thing to do is to verify."""
    parser.add_argument("what", choices=["verify"])


def run(options: argparse.Namespace) -> int:
    """Exit 0 when the log is as it was written, 1 with the first bad row when it is not."""
    start_django()
    from charthouse.apps.audit.selectors import verify

    verdict = verify()
    if not verdict.holds:
        print(f"BROKEN at row {verdict.bad_seq}: {verdict.reason}. Rows before it hold: {verdict.checked}.")
        return 1
    waiting = f" {verdict.unsealed} newer events wait for their seal." if verdict.unsealed else ""
    print(f"The log holds: {verdict.checked} events checked.{waiting}")
    return 0
