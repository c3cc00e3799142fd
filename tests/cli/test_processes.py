"""`serve`, `worker` and `sandbox` are real processes: they start, say so, answer, and end together when told to."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from charthouse.cli import serve
from charthouse.cli.main import main
from tests.cli.conftest import Run
from tests.config.reading import own_environment

PATIENCE = 60  # seconds before a hanging process is called hanging; nothing here is a measurement
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture(scope="module")
def ready(charthouse: Run, data_folder: Path) -> Path:
    """A data folder with keys and tables."""
    if not data_folder.exists():
        assert charthouse("migrate").returncode == 0
    return data_folder


@pytest.fixture
def start(ready: Path) -> Iterator[Start]:
    """Start a command in a group of its own; whatever is left of it afterwards is ended."""
    begun: list[subprocess.Popen[str]] = []

    def started(*words: str, **more: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "charthouse.cli.main", *words],
            env=own_environment(ready, **more),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        begun.append(process)
        return process

    yield started
    for process in begun:
        if _group(process):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stderr:
            process.stderr.close()


def _group(process: subprocess.Popen[str]) -> list[int]:
    """Process ids that are alive in the group of a process."""
    alive = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, _, group = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
        except (OSError, ValueError):
            continue
        if int(group) == process.pid and state != "Z":
            alive.append(int(folder.name))
    return alive


def _until_said(process: subprocess.Popen[str], words: str) -> str:
    told = ""
    assert process.stderr
    for line in process.stderr:
        told += line
        if words in line:
            return told
    raise AssertionError(f"it ended with {process.wait()} before it said {words!r}: {told}")


def _end(process: subprocess.Popen[str], number: signal.Signals) -> int:
    process.send_signal(number)
    return process.wait(timeout=PATIENCE)


def _free_port() -> str:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return str(one.getsockname()[1])


def _ask(port: str, path: str) -> tuple[int, str, dict[str, str]]:
    """The answer of the server once it is there."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode(), dict(answer.headers)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode(), dict(error.headers)
        except (urllib.error.URLError, ConnectionError):
            assert time.monotonic() < deadline, "the server never answered"
            time.sleep(0.1)


@pytest.mark.parametrize(
    ("command", "sentence", "number"),
    [
        ("worker", "Worker is running.", signal.SIGTERM),
        ("sandbox", "Payer sandbox is running.", signal.SIGINT),
    ],
)
def test_what_works_in_the_background_ends_in_order_when_told(
    start: Start, command: str, sentence: str, number: signal.Signals
) -> None:
    process = start(command)
    _until_said(process, sentence)
    assert _end(process, number) == 0


def test_serving_answers_on_its_port_and_ends_with_all_its_parts(start: Start, ready: Path) -> None:
    port = _free_port()
    process = start("serve", PORT=port, CHARTHOUSE_DEMO="1")
    said = _until_said(process, "Charthouse is at")
    assert f"http://localhost:{port}/" in said
    status, page, headers = _ask(port, "/sign-in/")
    assert status == 200
    assert "<form" in page
    assert headers["X-Frame-Options"] == "DENY"
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert _ask(port, "/no-such-page/")[0] in {302, 404, 200}
    # The command itself, the web server with its processes, the worker and, for the demo, the payer sandbox. One of
    # the two processes may answer before the other is there.
    deadline = time.monotonic() + PATIENCE
    while len(_group(process)) < 1 + 3 + 1 + 1:
        assert time.monotonic() < deadline, "a part is missing"
        time.sleep(0.1)
    assert _end(process, signal.SIGTERM) == 0
    assert _group(process) == []
    assert (ready / "static" / "staticfiles.json").exists()


@pytest.mark.parametrize("status", [0, 3])
def test_when_one_part_ends_the_others_do_too_and_its_status_is_passed_on(status: int) -> None:
    lasting = [sys.executable, "-c", "import signal; signal.pause()"]
    ending = [sys.executable, "-c", f"raise SystemExit({status})"]
    children = [subprocess.Popen(command) for command in (lasting, ending, lasting)]
    assert serve._watch(children, threading.Event()) == status
    assert [child.returncode for child in children] == [-signal.SIGTERM, status, -signal.SIGTERM]


def test_told_to_stop_while_starting_it_still_stops_every_part() -> None:
    stop = threading.Event()
    stop.set()
    child = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
    assert serve._watch([child], stop) == 0
    assert child.returncode == -signal.SIGTERM


def test_serving_web_only_starts_no_worker() -> None:
    def commands(*words: str, demo: bool) -> list[str]:
        parser = argparse.ArgumentParser()
        serve.add_arguments(parser)
        return [command[-1] for command in serve._commands(parser.parse_args(words), demo=demo)]

    web = "charthouse.config.wsgi"
    assert commands("--web-only", demo=True) == [web]
    assert commands(demo=False) == [web, "worker"]
    assert commands(demo=True) == [web, "worker", "sandbox"]


@pytest.mark.parametrize("port", ["many", "80.5", ""])
def test_a_port_that_is_no_number_is_said(
    port: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(SystemExit) as ended:
        main(["serve"])
    assert ended.value.code == 2
    assert "--port" in capsys.readouterr().err
