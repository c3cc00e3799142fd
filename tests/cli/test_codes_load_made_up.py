"""`charthouse codes load --made-up-cpt`: the whole path of CPT for anybody."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from pytest_django import Settings

from charthouse.cli import codes
from charthouse.cli.codes import load

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    settings.CODESETS_DIR = tmp_path / "codesets"
    monkeypatch.setattr(load, "ready_django", lambda: None)


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    codes.add_arguments(parser)
    return codes.run(parser.parse_args(words))


def test_made_up_cpt_is_loaded_by_one_word(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("load", "--made-up-cpt") == 0
    assert capsys.readouterr().out.count("loaded") == 4


def test_loading_nothing_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("load") == 2
    assert "Give the files" in capsys.readouterr().err
