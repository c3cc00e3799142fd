"""`charthouse codes pcs`: the next choices of an ICD-10-PCS code."""

from __future__ import annotations

import argparse

from charthouse.cli.codes.common import add_day, day_of, print_json
from charthouse.cli.setup import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is chosen so far."""
    parser.add_argument("prefix", nargs="?", default="", help="the characters chosen so far (none yet)")
    add_day(parser)


def run(options: argparse.Namespace) -> int:
    """Print the values of the next axis; 1 when the characters start no code."""
    from charthouse.apps.reference.opened import code_book

    on, prefix, book = day_of(options), options.prefix.strip().upper(), code_book()
    choices, entry = book.pcs_choices(prefix, on), book.pcs(prefix, on)
    if entry:
        print_json({"code": prefix, "title": entry.title}) if options.json else print(f"{prefix}  {entry.title}")
    for one in choices:
        if options.json:
            print_json(
                {"position": one.position, "axis": one.axis, "value": one.value, "label": one.label, "codes": one.codes}
            )
        else:
            code = f"{prefix}{one.value}{'_' * (7 - one.position)}"
            print(f"{code}  {one.axis}: {one.label or one.value}  ({one.codes} codes)")
    if not choices and not entry:
        say(f"No ICD-10-PCS code starts with {prefix} on {on}.")
    return 0 if choices or entry else 1
