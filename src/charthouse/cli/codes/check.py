"""`charthouse codes check`: whether codes may be reported on a day."""

from __future__ import annotations

import argparse
import sys

from charthouse.cli.codes.common import SYSTEMS, add_day, code_of, day_of, print_json, validity_data


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Codes, apart by commas or blanks."""
    parser.add_argument(
        "codes", nargs="+", help="codes, with or without dot, apart by commas; - reads them from a pipe"
    )
    parser.add_argument("--system", choices=SYSTEMS, default="")
    add_day(parser)


def run(options: argparse.Namespace) -> int:
    """Print the standing of each; 0 when all are valid, 1 otherwise."""
    from charthouse.apps.reference.opened import code_book

    on, are_valid = day_of(options), True
    given = (sys.stdin.read() if text == "-" else text for text in options.codes)
    for text in (part for piece in given for part in piece.replace(",", " ").split()):
        code = code_of(text, options.system)
        validity = code_book().is_valid(code, on)
        are_valid = are_valid and validity.is_valid
        if options.json:
            print_json(validity_data(code, validity))
        else:
            print(f"{code.display:<9} {validity.state:<8} {validity.text or validity.release}")
    return 0 if are_valid else 1
