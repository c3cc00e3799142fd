"""`charthouse codes show`: everything about one code on a day."""

from __future__ import annotations

import argparse

from charthouse.cli.codes.about import about, lines
from charthouse.cli.codes.common import (
    SYSTEMS,
    Unknown,
    add_day,
    add_person,
    code_of,
    day_of,
    open_for,
    print_json,
)
from charthouse.cli.setup import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The code."""
    parser.add_argument("code")
    parser.add_argument("--system", choices=SYSTEMS, default="")
    add_person(parser)
    add_day(parser)


def run(options: argparse.Namespace) -> int:
    """Print it; 1 when no table knows the code, 2 when it cannot begin."""
    try:
        person = open_for(options.email)
    except Unknown as error:
        say(str(error))
        return 2
    on = day_of(options)
    data = about(code_of(options.code, options.system), on, person)
    if options.json:
        print_json(data)
    else:
        print("\n".join(lines(data)))
    return 1 if data["state"] in {"unknown", "no-data"} else 0
