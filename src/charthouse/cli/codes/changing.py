"""Taking a loaded release out of force at the terminal, and putting it back: the same but for the word."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from charthouse.cli.setup import say

if TYPE_CHECKING:
    from charthouse.apps.accounts.models import Person
    from charthouse.engines.codesets.shelf import Release

    Change = Callable[[Person | None, str, str], Release]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which one, and why."""
    parser.add_argument("uid", help="as `charthouse codes sets` prints it")
    parser.add_argument("--reason", required=True)


def carried_out(change: Change, options: argparse.Namespace, outcome: str) -> int:
    """Do it and say what came of it; 1 when it was refused."""
    from charthouse.apps.core.errors import Invalid
    from charthouse.kit import Refused

    try:
        release = change(None, options.uid, options.reason)
    except (Refused, Invalid) as error:
        say(str(error))
        return 1
    say(f"{release.table} {release.label} {outcome}")
    return 0
