"""`charthouse codes loads`: what was loaded and refused, by whom, and what waits."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest
from pytest_django import Settings

from charthouse.apps.accounts.models import Role
from charthouse.apps.reference.actions import load_now, receive_load
from charthouse.apps.reference.models import CodeLoad
from charthouse.cli import codes
from charthouse.cli.codes import loads
from charthouse.engines.codesets.loading import Given
from tests.apps import builders
from tests.apps.reference.shelves import hcpcs_file, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    settings.CODESETS_DIR = tmp_path / "codesets"
    monkeypatch.setattr(loads, "ready_django", lambda: None)


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    codes.add_arguments(parser)
    return codes.run(parser.parse_args(["loads", *words]))


def test_each_load_and_each_of_its_files_has_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    list(load_now([hcpcs_file(tmp_path), tmp_path / "none.txt"], Given()))
    receive_load(builders.person(Role.IT_ADMIN, name="Ira Quill"), [upload()], Given())
    assert run() == 0
    told = capsys.readouterr().out.splitlines()
    assert "Waiting" in told[0]
    assert "Ira Quill" in told[0]
    assert told[1].split() == ["waiting", "HCPC2026_OCT_ANWEB.csv"]
    assert "Something refused" in told[2]
    assert [line.split()[0] for line in told[3:]] == ["loaded", "refused"]


def test_how_far_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    load = receive_load(builders.person(Role.IT_ADMIN), [upload()], Given())
    for progress, told in (
        ({"file": "a.txt", "done": 25, "size": 100}, "a.txt: 25 %"),
        ({"file": "a.gz", "done": 7_000_000, "size": -1}, "a.gz: 7 MB"),
        ({"error": "KeyError in x line 1"}, "KeyError in x line 1"),
    ):
        CodeLoad.objects.filter(pk=load.pk).update(progress=progress)
        run()
        assert told in capsys.readouterr().out


def test_everything_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    list(load_now([hcpcs_file(tmp_path)], Given(label="Ours")))
    assert run("--json", "--limit", "1") == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["state"], row["given"]["label"], row["report"][0]["outcome"]) == ("done", "Ours", "loaded")


@pytest.mark.parametrize("limit", ["0", "-1", "many", "5000"])
def test_a_limit_has_to_be_one(limit: str) -> None:
    with pytest.raises(SystemExit):
        run("--limit", limit)
