"""`charthouse codes seat EMAIL`: let somebody see CPT descriptors, or no longer."""

from __future__ import annotations

import argparse

from charthouse.cli.codes.common import Unknown, person_called
from charthouse.cli.setup import ready_django, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who."""
    parser.add_argument("email")
    parser.add_argument("--end", action="store_true", help="end the seat")


def run(options: argparse.Namespace) -> int:
    """Do it; 1 when it is refused."""
    ready_django()
    from charthouse.apps.core.errors import ActionError
    from charthouse.apps.reference.actions import give_seat, take_seat

    try:
        person = person_called(options.email)
        if options.end:
            take_seat(None, person)
        else:
            give_seat(None, person)
    except Unknown as error:
        say(str(error))
        return 1
    except ActionError as error:
        say(f"{error.message} {error.mend}".strip())
        return 1
    say(f"{person.full_name} {'has no CPT seat any more' if options.end else 'has a CPT seat'}.")
    return 0
