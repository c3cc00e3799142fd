"""`charthouse codes licence`: state the CPT licence before CPT files are loaded, or show what is stated."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from charthouse.cli.codes.common import day
from charthouse.cli.setup import ready_django, say

if TYPE_CHECKING:
    from charthouse.apps.reference.models import CptLicence

_NEEDED = ("number", "seats", "expires")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the holder states; nothing shows what is stated."""
    parser.add_argument("--holder", default="", help="who holds the licence")
    parser.add_argument("--number", default="", help="number of the licence")
    parser.add_argument("--seats", type=int, default=0, help="how many people it covers")
    parser.add_argument("--product", default="CPT")
    parser.add_argument("--starts", type=day, help="first day (today)")
    parser.add_argument("--expires", type=day, help="last day")
    parser.add_argument("--attest", action="store_true", help="the statement is read, and it is so")


def run(options: argparse.Namespace) -> int:
    """0 when it is stated or shown, 1 when it is refused or none is in force, 2 when something is left out."""
    ready_django()
    from charthouse.apps.reference.selectors import licence

    if not options.holder:
        return _show(licence())
    left_out = [name for name in _NEEDED if not getattr(options, name)]
    if left_out:
        say(f"Say too: {', '.join('--' + name for name in left_out)}.")
        return 2
    return _state(options)


def _state(options: argparse.Namespace) -> int:
    from charthouse.apps.core.clock import today
    from charthouse.apps.core.errors import ActionError
    from charthouse.apps.reference.actions import state_licence
    from charthouse.apps.reference.actions.licence import NOTICE, LicenceTerms

    say(NOTICE)
    starts = options.starts or today()
    terms = LicenceTerms(options.holder, options.number, options.seats, starts, options.expires, options.product)
    try:
        made = state_licence(None, terms, attests=options.attest)
    except ActionError as error:
        say(f"{error.message} {error.mend}".strip() + ("" if options.attest else " Add --attest."))
        return 1
    say(f"Stated: {made.seats} seats until {made.expires}. CPT files can be loaded; give seats with codes seat EMAIL.")
    return 0


def _show(stated: CptLicence | None) -> int:
    from charthouse.apps.core.clock import today
    from charthouse.apps.reference.selectors import seats

    is_in_force = stated is not None and stated.is_in_force(today())
    if stated is None:
        say("No CPT licence is stated.")
    else:
        standing = "in force" if is_in_force else "not in force"
        days = f"{stated.starts} to {stated.expires}"
        print(f"{stated.product} {stated.number} of {stated.holder}, {days}, {standing}, {stated.seats} seats")
    for seat in seats():
        print(f"  {seat.person.email}  {seat.person.full_name}  since {seat.created_at:%Y-%m-%d}")
    return 0 if is_in_force else 1
