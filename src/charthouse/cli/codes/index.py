"""`charthouse codes index`: look words up in the Alphabetic Index, or see which of its entries lead to a code."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from charthouse.cli.codes.common import add_day, count, day_of, print_json
from charthouse.cli.setup import say
from charthouse.kit import Code

if TYPE_CHECKING:
    from charthouse.engines.codesets import IndexEntry, IndexTerms
    from charthouse.engines.codesets.shelf import Table

TABLES = ("icd-10-cm-index", "icd-10-cm-external-cause", "icd-10-cm-neoplasm", "icd-10-cm-drug")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to look."""
    parser.add_argument("words", nargs="*", help="words, a code, or a letter; nothing: the letters there are")
    parser.add_argument("--table", choices=TABLES, default=TABLES[0], help="which of the four indexes")
    parser.add_argument("--under", type=int, metavar="NUMBER", help="what stands right under an entry")
    parser.add_argument("--limit", type=count, default=40)
    add_day(parser)


def run(options: argparse.Namespace) -> int:
    """Print the entries there; 1 when there is none, or the index is not loaded."""
    from charthouse.apps.reference.opened import code_book
    from charthouse.engines.codesets.shelf import Table

    index, on, table = code_book().index, day_of(options), Table(options.table)
    if index is None or index.release(on, table) is None:
        say(f"{table} is not loaded for {on}; load the file of its publisher with charthouse codes load.")
        return 1
    text = " ".join(options.words).strip()
    if not text and options.under is None:
        print(" ".join(index.letters(on, table)))
        return 0
    found = _found(index, text, on, table, options)[: options.limit]
    for entry in found:
        print_json(asdict(entry)) if options.json else print(_line(entry))
    if not found:
        say("The index has nothing there.")
    return 0 if found else 1


def _found(index: IndexTerms, text: str, on: date, table: Table, options: argparse.Namespace) -> tuple[IndexEntry, ...]:
    if options.under is not None:
        return index.children(options.under, on, table)
    if len(text) == 1:
        return index.main_terms(text.upper(), on, table)
    return index.leading_to(Code.icd10cm(text).display, on) or index.find(text, on, options.limit, table)


def _line(entry: IndexEntry) -> str:
    see = f"  see {entry.see}" if entry.see else f"  see also {entry.see_also}" if entry.see_also else ""
    beside = f" {entry.nonessential}" if entry.nonessential else ""
    return f"{entry.number:>6}  {entry.path}{beside}  {entry.code}{see}".rstrip()
