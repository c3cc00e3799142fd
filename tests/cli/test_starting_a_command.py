"""Each command is a module with arguments and an exit status, and Django's own are passed through whole."""

from __future__ import annotations

import argparse
import importlib
import threading

import pytest

from charthouse.cli import manage
from charthouse.cli.main import COMMANDS, main
from charthouse.cli.worker import stop_on_signal


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_module(name: str) -> None:
    module = importlib.import_module(f"charthouse.cli.{name.replace('-', '_')}")
    module.add_arguments(argparse.ArgumentParser())
    assert module.run.__doc__
    assert f"`charthouse {name}" in (module.__doc__ or "")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_takes(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    assert f"usage: charthouse {name}" in capsys.readouterr().out


@pytest.mark.parametrize("words", [[], ["fly"], ["--fly"], ["intake"], ["person", "add"], ["audit", "burn"]])
def test_words_that_make_no_command_are_a_usage_error(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "usage: charthouse" in capsys.readouterr().err


def test_options_of_django_commands_are_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    passed: list[list[str]] = []
    monkeypatch.setattr("django.core.management.execute_from_command_line", passed.append)
    assert main(["manage", "check", "--deploy", "--tag", "security"]) == 0
    assert passed == [["charthouse manage", "check", "--deploy", "--tag", "security"]]
    assert manage.__doc__


def test_a_signal_sets_the_event_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    import signal

    caught: dict[int, object] = {}
    monkeypatch.setattr(signal, "signal", caught.setdefault)
    stop = stop_on_signal()
    assert set(caught) == {signal.SIGTERM, signal.SIGINT}
    assert not stop.is_set()
    handler = caught[signal.SIGTERM]
    assert callable(handler)
    handler(signal.SIGTERM, None)
    assert stop.is_set()
    assert isinstance(stop, threading.Event)
