"""`charthouse serve`: the web server and what works beside it, as child processes that start and end together."""

from __future__ import annotations

import argparse
import http.client
import os
import subprocess
import sys
import threading
from importlib import import_module

from charthouse.cli.setup import ready_django, say
from charthouse.cli.worker import stop_on_signal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=os.environ.get("PORT", "8000"))
    parser.add_argument("--web-only", action="store_true", help="no worker and no payer sandbox")


def run(options: argparse.Namespace) -> int:
    """Start everything, print the address and the demo sign-ins, and stay until one ends or is told to."""
    ready_django()
    from django.conf import settings

    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        from django.core.management import call_command

        call_command("collectstatic", verbosity=0, interactive=False)
    # Before the first child: told to end while they start, they must not be left behind.
    stop = stop_on_signal()
    web, *beside = _commands(options, demo=settings.DEMO)
    children = [subprocess.Popen(web)]
    say("Starting: the code book is being loaded.")
    _wait_until_it_answers(options, children[0], stop)
    children += [subprocess.Popen(command) for command in beside if not stop.is_set()]
    say(f"\nCharthouse is at http://{'localhost' if options.host == '127.0.0.1' else options.host}:{options.port}/\n")
    if settings.DEMO:
        say(import_module("charthouse.sandbox.people").sign_ins())
    return _watch(children, stop)


def _commands(options: argparse.Namespace, *, demo: bool) -> list[list[str]]:
    python = [sys.executable, "-m"]
    web = [*python, "gunicorn", "-c", "python:charthouse.config.gunicorn", "-b", f"{options.host}:{options.port}"]
    commands = [[*web, "charthouse.config.wsgi"]]
    if not options.web_only:
        commands.append([*python, "charthouse.cli.main", "worker"])
        if demo:
            commands.append([*python, "charthouse.cli.main", "sandbox"])
    return commands


def _wait_until_it_answers(options: argparse.Namespace, web: subprocess.Popen[bytes], stop: threading.Event) -> None:
    # The others wait, so that what the person waits for has the machine to itself.
    while web.poll() is None and not stop.wait(0.1):
        connection = http.client.HTTPConnection(options.host, options.port, timeout=30)
        try:
            connection.request("GET", "/sign-in/")
            connection.getresponse().read()
        except OSError:
            continue
        finally:
            connection.close()
        return


def _watch(children: list[subprocess.Popen[bytes]], stop: threading.Event) -> int:
    status = 0
    while not stop.wait(0.5):
        ended = [child for child in children if child.poll() is not None]
        if ended:
            status = ended[0].returncode or 0
            say("One part of Charthouse has ended; stopping the others.")
            break
    for child in children:
        child.terminate()
    for child in children:
        child.wait(timeout=20)
    return status
