"""The `charthouse` command. Only the chosen command's module is imported: `--help` must stay quick."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Protocol, cast

COMMANDS = {
    "migrate": "make or update the database, keys and static files",
    "demo": "load the demo practice (Harbor Point Health)",
    "serve": "start the web server, the worker and, for the demo, the payer sandbox",
    "worker": "run background work only",
    "sandbox": "run the payer sandbox only",
    "intake": "take in charts: C-CDA, FHIR R4 or plain text files",
    "codes": "find, show and check codes; load the official files",
    "audit": "check the tamper-evident log",
    "person": "add somebody who may sign in",
    "token": "issue or end tokens for the JSON API",
    "demo-code": "print the current 6-digit code of a demo person",
    "manage": "run a Django management command",
}


class Command(Protocol):
    """What a command module offers."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare its arguments."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it; return the exit status."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "charthouse.config.settings")
    if words[:1] and words[0] in COMMANDS:
        return _run(words[0], words[1:])
    return _overview(words)


def _run(name: str, words: list[str]) -> int:
    command = cast(Command, importlib.import_module(f"charthouse.cli.{name.replace('-', '_')}"))
    parser = argparse.ArgumentParser(prog=f"charthouse {name}", description=COMMANDS[name])
    command.add_arguments(parser)
    return command.run(parser.parse_args(words))


def _overview(words: list[str]) -> int:
    lines = "\n".join(f"  {name:<10} {what}" for name, what in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="charthouse",
        description="A remote medical coding program, from the signed agreement to the paid claim.",
        epilog=f"commands:\n{lines}\n\n`charthouse COMMAND --help` says more.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND", help="one of the commands below")
    parser.parse_args(words)
    return 0


if __name__ == "__main__":
    sys.exit(main())
