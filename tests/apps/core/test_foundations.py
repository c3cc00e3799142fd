"""Ids, keys and hooks."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from charthouse.apps.core.hooks import Hook
from charthouse.apps.core.ids import uuid7
from charthouse.apps.core.keys import create_key_file


def test_ids_are_version_7_unique_and_in_order_of_time() -> None:
    made = [uuid7() for _ in range(1000)]
    assert len(set(made)) == 1000
    assert {one.version for one in made} == {7}
    stamps = [one.int >> 80 for one in made]
    assert stamps == sorted(stamps)


def test_a_key_file_is_written_once_and_only_for_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "ring.json"
    assert create_key_file(path)
    before = path.read_bytes()
    assert not create_key_file(path)
    assert path.read_bytes() == before
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_handlers_run_in_order_and_once_each() -> None:
    hook: Hook[list[str]] = Hook("test")

    def first(heard: list[str]) -> None:
        heard.append("first")

    for _ in range(2):
        hook.register(first)
    hook.register(lambda heard: heard.append("second"))
    heard: list[str] = []
    hook.send(heard)
    assert heard == ["first", "second"]


def test_an_error_in_a_handler_reaches_the_sender() -> None:
    hook: Hook[int] = Hook("test")

    @hook.register
    def fail(event: int) -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        hook.send(1)
