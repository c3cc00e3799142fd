"""What commands share: starting Django, and making the installation ready."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path


def start_django() -> None:
    """Load settings and apps."""
    import django

    django.setup()


def say(sentence: str) -> None:
    """Tell the person at the terminal what is happening; results go to standard output, this does not."""
    print(sentence, file=sys.stderr, flush=True)


def prepare() -> None:
    """Make the data folder, the keys and the database ready; safe to repeat."""
    from django.conf import settings

    write_secrets(settings.DATA_DIR, settings.KEY_FILE)
    start_django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def write_secrets(data_dir: Path, key_file: Path) -> None:
    """Write the key ring and the signing secret where they do not exist yet."""
    from charthouse.apps.core.keys import create_key_file

    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    if create_key_file(key_file):
        say(f"Wrote new encryption keys to {key_file}. Back them up apart from the database.")
    secret = data_dir / "keys" / "secret.txt"
    if not secret.exists():
        secret.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_urlsafe(50))


def is_migrated() -> bool:
    """Whether the database has every table that this version needs."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def ready_django() -> None:
    """Start Django; make the database first when there is none yet, and say so."""
    from django.conf import settings

    if not settings.KEY_FILE.exists():
        say(f"No data folder yet: making one at {settings.DATA_DIR}.")
        prepare()
        return
    write_secrets(settings.DATA_DIR, settings.KEY_FILE)
    start_django()
    if not is_migrated():
        say("The database is not up to date: updating it.")
        prepare()
