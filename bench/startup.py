"""Starting: the command's help, Django's check, and everything `make run` starts, the second time."""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from bench.figure import Figure, NotMeasured, milliseconds, seconds
from bench.house import environment

_RUNS = 5
_PATIENCE = 120


def figures() -> Iterator[Figure]:
    """Each in a process of its own, in a data folder that is new at first."""
    with tempfile.TemporaryDirectory(prefix="charthouse-bench-") as name:
        env = _environment(Path(name))
        first = _make_run(env)
        yield seconds("charthouse --help", [_run(env, "--help") for _ in range(_RUNS)], 0.3)
        before = _processor_seconds()
        yield seconds("charthouse manage check", [_run(env, "manage", "check") for _ in range(_RUNS)], 1.5)
        spent = (_processor_seconds() - before) / _RUNS
        yield Figure("  of which processor time", f"{spent:.2f} s (the rest is waiting for a busy machine)")
        again = [_make_run(env) for _ in range(3)]
        yield Figure("first migrate + demo + serve", f"{first:.1f} s until the sign-in page answers")
        yield seconds("second migrate + demo + serve, until it answers", again, 10)


def _environment(folder: Path) -> dict[str, str]:
    """As users have it: Python keeps what it has compiled (in a folder of its own), also where that is turned off."""
    dropped = {"DATABASE_URL", "PYTHONDONTWRITEBYTECODE"}
    kept = {key: value for key, value in os.environ.items() if key not in dropped}
    return {**kept, **environment(folder / "var"), "PYTHONPYCACHEPREFIX": str(folder / "compiled")}


def _run(env: dict[str, str], *words: str) -> float:
    """Seconds that a command takes."""
    command = [str(Path(sys.executable).with_name("charthouse")), *words]
    return milliseconds(subprocess.run, command, env=env, check=True, capture_output=True) / 1000


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _make_run(env: dict[str, str]) -> float:
    """Seconds of what `make run` does after installing, until the sign-in page is answered."""
    port = _free_port()
    started = time.perf_counter()
    _run(env, "migrate")
    _run(env, "demo")
    command = [str(Path(sys.executable).with_name("charthouse")), "serve", "--port", str(port)]
    with tempfile.TemporaryFile() as said:
        server = subprocess.Popen(command, env=env, stdout=said, stderr=said)
        try:
            if _answers(f"http://127.0.0.1:{port}/sign-in/", server):
                return time.perf_counter() - started
        finally:
            server.terminate()
            server.wait(timeout=30)
        said.seek(0)
        raise NotMeasured(f"charthouse serve did not answer: {said.read().decode()[-2000:]}")


def _answers(url: str, server: subprocess.Popen[bytes]) -> bool:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=_PATIENCE):
                return True
        except OSError:
            time.sleep(0.05)
    return False


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
