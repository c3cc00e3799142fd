"""`charthouse token issue|list|end`: let a program act as a person through the JSON API."""

from __future__ import annotations

import argparse
from uuid import UUID

from charthouse.cli.setup import ready_django, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and with what."""
    parts = parser.add_subparsers(dest="what", required=True)
    issue = parts.add_parser("issue", help="print a new token, once")
    issue.add_argument("email", help="whose rights it has")
    issue.add_argument("name", help="the program that will use it")
    issue.add_argument("--days", type=int, default=90, help="how long it lasts (90)")
    parts.add_parser("list", help="every token, without its text")
    end = parts.add_parser("end", help="make a token useless")
    end.add_argument("uid", type=UUID)


def run(options: argparse.Namespace) -> int:
    """Do it; 1 when it is refused."""
    ready_django()
    from charthouse.apps.accounts.models import Person
    from charthouse.apps.accounts.tokens import end_token, issue_token, tokens
    from charthouse.apps.core.clock import today
    from charthouse.apps.core.errors import ActionError

    try:
        if options.what == "issue":
            person = Person.objects.filter(email=options.email.lower(), is_active=True).first()
            if person is None:
                say(f"Nobody active signs in as {options.email}.")
                return 1
            token, plain = issue_token(person, options.name, options.days)
            say(f"For {person.full_name}, until {token.expires_on}. This is the only time it is shown:")
            print(plain)
        elif options.what == "end":
            say(f"{end_token(options.uid)} is of no use any more.")
        else:
            for token in tokens():
                standing = f"until {token.expires_on}" if token.is_good(today()) else "ended"
                print(f"{token.uid}  {token.person.email}  {token.name}  {standing}")
    except ActionError as error:
        say(f"{error.message} {error.mend}".strip())
        return 1
    return 0
