"""Fifty coders who search at the same time: how long the server takes for each search, by its own access log."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.desk import coder
from bench.figure import Figure, NotMeasured, times
from bench.users import PATH, SEARCHES, USERS
from charthouse.apps.accounts.tokens import issue_token

BUDGET = 10.0
WARMING = 50


def figures() -> Iterator[Figure]:
    """The web server as `charthouse serve` runs it, asked over HTTP."""
    token = issue_token(coder(), "bench", 1)[1]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "access.log"
        command = [sys.executable, "-m", "gunicorn", "-c", "python:charthouse.config.gunicorn"]
        command += ["-b", f"127.0.0.1:{port}", "--access-logfile", str(log), "charthouse.config.wsgi"]
        server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            _wait_for(port)
            started = time.monotonic()
            subprocess.run([sys.executable, "-m", "bench.users", str(port), token], check=True)
            spent = time.monotonic() - started
        finally:
            server.terminate()
            server.wait(timeout=30)
        taken = [1000 * float(line.split()[-1]) for line in log.read_text().splitlines() if PATH in line]
    first, taken = taken[:WARMING], taken[WARMING:]
    if len(taken) < USERS * SEARCHES - WARMING:
        raise NotMeasured(f"{len(taken)} of {USERS * SEARCHES - WARMING} searches were answered")
    yield times(f"search with {USERS} users, in the server", taken, BUDGET)
    yield times(f"  the first {WARMING}, while threads open their database", first)
    yield Figure("  searches in a second", f"{USERS * SEARCHES / spent:.0f}")


def _wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise NotMeasured("the web server did not answer within a minute")
