"""A whole Charthouse on SQLite in a temporary data folder, with its demo: made once for a run, removed at its end."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path


@cache
def make() -> None:
    """Prepare the data folder, the database and the static files, load the demo and warm the code book."""
    folder = Path(tempfile.mkdtemp(prefix="charthouse-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ.update(environment(folder))
    os.environ.pop("DATABASE_URL", None)
    from charthouse.cli.setup import prepare

    prepare()
    _fill()


def environment(folder: Path) -> dict[str, str]:
    """What the settings read, for a demo in a folder of its own."""
    return {
        "CHARTHOUSE_DATA": str(folder),
        "CHARTHOUSE_DEMO": "1",
        "CHARTHOUSE_HOSTS": "localhost,127.0.0.1,testserver",
        "CHARTHOUSE_LOG": "ERROR",
        "DJANGO_SETTINGS_MODULE": "charthouse.config.settings",
    }


def _fill() -> None:
    from django.core.management import call_command

    from charthouse.apps.reference.selectors import warm_up
    from charthouse.sandbox.demo import load

    call_command("collectstatic", verbosity=0, interactive=False)
    load(lambda sentence: None)
    warm_up()
