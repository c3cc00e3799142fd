"""`charthouse codes …`: find, show and check codes, and load the official files."""

from __future__ import annotations

import argparse
import importlib
from typing import Protocol, cast

PARTS = {
    "find": "codes for words, shorthand or the start of a code",
    "show": "everything about one code",
    "check": "whether codes may be reported on a day",
    "pcs": "the next choices of an ICD-10-PCS code",
    "changes": "what the ICD-10-CM release of a day changed",
    "sets": "what is loaded, from where, until when",
    "load": "load official files",
    "withdraw": "take a loaded release out of force",
    "restore": "put a withdrawn release back in force",
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
    """Run one part."""
    return _module(options.part).run(options)


def _module(name: str) -> Part:
    return cast(Part, importlib.import_module(f"charthouse.cli.codes.{name}"))
