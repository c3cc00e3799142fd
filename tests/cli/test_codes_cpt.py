"""The whole CPT path at the terminal: licence, seats, and who sees the words of a code."""

from __future__ import annotations

import argparse
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from charthouse.apps.accounts.models import Person, Role
from charthouse.apps.core.clock import today
from charthouse.apps.reference.actions import give_seat
from charthouse.apps.reference.selectors import has_seat, licence
from charthouse.cli import codes
from charthouse.cli.codes import common, seat
from charthouse.cli.codes import licence as licence_part
from tests.apps import builders
from tests.apps.reference.shelves import put_cpt

pytestmark = pytest.mark.django_db
DAY = "2026-11-18"
UNTIL = (today() + timedelta(days=90)).isoformat()
CODES = {"00011": "Sharpening of a made-up quill", "00012": "Repair of a made-up quill"}
STATED = ("licence", "--holder", "Test Practice", "--number", "T-1", "--seats", "1", "--expires", UNTIL, "--attest")


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    settings.CODESETS_DIR = tmp_path / "codesets"
    put_cpt(tmp_path / "codesets", CODES, {})
    for part in (common, licence_part, seat):
        monkeypatch.setattr(part, "ready_django", lambda: None)


@pytest.fixture
def coder() -> Person:
    return builders.person(Role.CODER)


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    codes.add_arguments(parser)
    return codes.run(parser.parse_args(words))


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_licence_is_stated_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("licence") == 1
    assert run(*STATED) == 0
    assert "American Medical Association" in capsys.readouterr().err
    assert run("licence") == 0
    assert "CPT T-1 of Test Practice" in capsys.readouterr().out


def test_it_has_to_be_attested_to(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*STATED[:-1]) == 1
    assert "--attest" in capsys.readouterr().err
    assert licence() is None


def test_what_is_left_out_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("licence", "--holder", "Test Practice") == 2
    assert "--number, --seats, --expires" in capsys.readouterr().err


def test_a_seat_is_given_and_ended(coder: Person) -> None:
    assert run("seat", coder.email) == 1
    run(*STATED)
    assert run("seat", coder.email.upper()) == 0
    assert has_seat(coder)
    assert run("seat", builders.person(Role.CODER).email) == 1
    assert run("seat", coder.email, "--end") == 0
    assert not has_seat(coder)


def test_nobody_gets_no_seat(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("seat", "nobody@example.test") == 1
    assert "Nobody active" in capsys.readouterr().err


def test_the_terminal_alone_never_sees_the_words(capsys: pytest.CaptureFixture[str]) -> None:
    run(*STATED)
    assert run("find", "00011", "--on", DAY, "--json") == 0
    assert run("show", "00011", "--on", DAY) == 0
    assert run("find", "quill", "--system", "cpt", "--on", DAY) == 1
    assert "quill" not in capsys.readouterr().out.lower()


def test_a_seat_holder_does(coder: Person, capsys: pytest.CaptureFixture[str]) -> None:
    run(*STATED)
    give_seat(None, coder)
    assert run("find", "quill", "--system", "cpt", "--on", DAY, "--json", "--as", coder.email) == 0
    found = lines(capsys)
    assert {(one["code"], one["title"]) for one in found} == set(CODES.items())
    assert {one["reason"] for one in found} == {"CPT"}
    assert run("show", "00012", "--on", DAY, "--as", coder.email) == 0
    assert "Repair of a made-up quill" in capsys.readouterr().out


def test_the_charge_master_of_the_persons_practice_comes_first(
    coder: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    builders.charge_item(coder.memberships.get().organization, "00012")
    assert run("find", "0001", "--system", "all", "--on", DAY, "--json", "--as", coder.email) == 0
    assert [(one["code"], one["title"]) for one in lines(capsys) if one["reason"] == "charge master"] == [
        ("00012", "Service 00012")
    ]


def test_a_stranger_finds_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("find", "htn", "--as", "nobody@example.test") == 2
    assert run("show", "I10", "--as", "nobody@example.test") == 2


def test_a_cpt_code_is_checked_by_its_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "00011", "--on", DAY) == 0
    assert run("check", "00011", "--on", "2025-12-31") == 1
    assert run("check", "00019", "--on", DAY) == 1
