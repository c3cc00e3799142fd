"""A value named by `NAME_FILE` is read from its file; everything else is as the environment has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from charthouse.config.environment import Environment


@pytest.mark.parametrize(
    ("written", "read"),
    [("value", "value"), ("value\n", "value"), ("value\r\n", "value"), (" two words ", " two words "), ("", "")],
)
def test_only_the_line_end_is_taken_off(tmp_path: Path, written: str, read: str) -> None:
    file = tmp_path / "value"
    file.write_bytes(written.encode())
    assert Environment({"NAME_FILE": str(file)})["NAME"] == read


def test_a_name_is_known_by_its_file_too() -> None:
    environment = Environment({"A": "1", "B_FILE": "/somewhere"})
    assert "A" in environment
    assert "B" in environment
    assert "C" not in environment


def test_a_name_that_ends_in_file_is_a_name() -> None:
    assert Environment({"CHARTHOUSE_KEY_FILE": "/keys/ring.json"})["CHARTHOUSE_KEY_FILE"] == "/keys/ring.json"


def test_an_empty_file_name_counts_as_none() -> None:
    assert Environment({"NAME": "plain", "NAME_FILE": ""})["NAME"] == "plain"


def test_a_file_that_is_missing_is_not_passed_over(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Environment({"NAME": "plain", "NAME_FILE": str(tmp_path / "none")})["NAME"]


def test_an_unknown_name_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        Environment({})["NAME"]
