"""`charthouse migrate`: keys, database tables and static files."""

from __future__ import annotations

import argparse

from charthouse.cli.setup import prepare, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(options: argparse.Namespace) -> int:
    """Make everything ready and say where it is."""
    from django.conf import settings

    say(f"Data folder: {settings.DATA_DIR}")
    prepare()
    from django.core.management import call_command

    say(f"Database is up to date ({settings.DATABASES['default']['ENGINE'].rsplit('.', 1)[-1]}).")
    call_command("collectstatic", verbosity=0, interactive=False)
    say("Static files are in place.")
    return 0
