"""`charthouse manage …`: Django's own commands, for administrators."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Everything is passed on."""
    parser.add_argument("words", nargs=argparse.REMAINDER, help="such as `check --deploy`, or `help` for all")


def run(options: argparse.Namespace) -> int:
    """Hand over to Django."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["charthouse manage", *options.words])
    return 0
