"""`charthouse codes sets`: what is loaded, from where, until when, and what is not."""

from __future__ import annotations

import argparse

from charthouse.cli.codes.common import add_day, day_of, print_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The day."""
    add_day(parser)


def run(options: argparse.Namespace) -> int:
    """Print one line a set."""
    from charthouse.apps.reference.opened import code_book

    on = day_of(options)
    for one in code_book().sets(on):
        if options.json:
            print_json(one.as_data())
        else:
            until = f"{one.starts or '…'} to {one.ends or '…'}"
            rows = f"{one.rows:,} rows" if one.rows else ""
            columns = (f"{one.table:<24}", f"{one.standing:<11}", f"{one.label:<32}", f"{until:<26}", f"{rows:<16}")
            print(*columns, f"{one.source}  {one.uid}".rstrip())
            if one.note:
                print(f"    {one.note}")
    return 0
