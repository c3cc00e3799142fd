"""`charthouse demo-code`: the second factor of a demo person, for walking through the demo."""

from __future__ import annotations

import argparse
from importlib import import_module

from charthouse.cli.setup import say, start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose code."""
    parser.add_argument("email", help="such as noor.haddad@harborpoint.example")


def run(options: argparse.Namespace) -> int:
    """Print the code that is good now; only demo people have one that can be printed."""
    start_django()
    code = import_module("charthouse.sandbox.people").current_code(options.email)
    if code is None:
        say(f"{options.email} is not a person of the demo.")
        return 1
    print(code)
    return 0
