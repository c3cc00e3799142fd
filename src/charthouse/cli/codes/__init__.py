"""`charthouse codes …`: find, show and check codes, and load the official files."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from typing import Protocol, cast

PARTS = {
    "find": "codes for words, shorthand or the start of a code",
    "show": "everything about one code",
    "check": "whether codes may be reported on a day",
    "pcs": "the next choices of an ICD-10-PCS code",
    "changes": "what the ICD-10-CM release of a day changed",
    "sets": "what is loaded, from where, until when",
    "index": "entries of the Alphabetic Index, where it is loaded",
    "load": "load official files",
    "loads": "what was loaded and refused, newest first",
    "withdraw": "take a loaded release out of force",
    "restore": "put a withdrawn release back in force",
    "licence": "state the CPT licence, or show it",
    "seat": "give or end a CPT seat",
}


class Part(Protocol):
    """What the module of one part offers."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare its arguments."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it; return the exit status."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The parts."""
    parts = parser.add_subparsers(dest="part", required=True, metavar="PART")
    for name, what in PARTS.items():
        _module(name).add_arguments(parts.add_parser(name, help=what, description=what))


def run(options: argparse.Namespace) -> int:
    """Run one part; a reader who has seen enough (`| head`) ends it quietly."""
    try:
        return _module(options.part).run(options)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _module(name: str) -> Part:
    return cast(Part, importlib.import_module(f"charthouse.cli.codes.{name}"))
