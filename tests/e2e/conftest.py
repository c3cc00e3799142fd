"""A whole Charthouse with its demo in processes of its own, and a real Chromium to walk through it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
# For a closed network: Chromium would otherwise ring home at every start.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here as driving a browser."""
    for item in items:
        item.add_marker(pytest.mark.e2e)


@dataclass(frozen=True)
class House:
    """A running installation: where it answers, and the command for its data folder."""

    url: str
    environment: dict[str, str]

    def charthouse(self, *words: str) -> str:
        """Run a command on the same data folder and return what it printed."""
        command = [sys.executable, "-m", "charthouse.cli.main", *words]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=True, timeout=120)
        return done.stdout.strip()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert server.poll() is None, "charthouse serve has ended"
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    pytest.fail("charthouse serve did not answer within a minute")


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """`make run`, step by step, in a fresh data folder."""
    port = _free_port()
    kept = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    environment = {**kept, "CHARTHOUSE_DATA": str(tmp_path_factory.mktemp("house")), "CHARTHOUSE_DEMO": "1"}
    one = House(f"http://localhost:{port}", environment)
    one.charthouse("migrate")
    one.charthouse("demo")
    command = [sys.executable, "-m", "charthouse.cli.main", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment)
    try:
        _wait_for(port, server)
        yield one
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, nothing downloaded."""
    if not Path(CHROMIUM).exists():
        pytest.fail(f"no Chromium at {CHROMIUM}: install Debian's package chromium, or set CHROMIUM")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh window of a desk screen; any error on the page's console fails the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light", locale="en-US")
    one = context.new_page()
    errors: list[str] = []
    one.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    one.on("pageerror", lambda error: errors.append(str(error)))
    yield one
    context.close()
    # Refused actions answer 4xx on purpose; the browser notes them as failed loads.
    assert [text for text in errors if "the server responded with a status of 4" not in text] == []
