"""`charthouse codes changes`: what the ICD-10-CM release in force on a day changed."""

from __future__ import annotations

import argparse

from charthouse.cli.codes.common import add_day, day_of, print_json
from charthouse.cli.setup import say
from charthouse.kit import Code


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The day."""
    add_day(parser)


def run(options: argparse.Namespace) -> int:
    """Print one line a code; 1 when no release is known for the day."""
    from charthouse.apps.reference.opened import code_book

    on, book = day_of(options), code_book()
    changes = book.changes(on)
    if changes is None:
        say(f"No ICD-10-CM release is known for {on}, or none before it.")
        return 1
    for kind, codes in (("added", changes.added), ("deleted", changes.deleted), ("revised", changes.revised)):
        for value in codes:
            entry = book.icd10cm(value, on)
            row = {"code": Code.icd10cm(value).display, "change": kind, "since": changes.since.isoformat()}
            row["title"] = entry.title if entry else ""
            print_json(row) if options.json else print(f"{row['code']:<9} {kind:<8} {row['title']}")
    if not changes.are_texts_known:
        say("Rewordings are not known: the text of only one of the two releases is loaded.")
    return 0
