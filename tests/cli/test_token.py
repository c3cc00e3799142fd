"""`charthouse token`: issue, list and end tokens for the JSON API."""

from __future__ import annotations

import argparse
from uuid import uuid4

import pytest

from charthouse.apps.accounts.models import ApiToken, Person, Role
from charthouse.apps.accounts.tokens import person_of_token
from charthouse.cli import token
from tests.apps import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _already_running(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token, "ready_django", lambda: None)


@pytest.fixture
def person() -> Person:
    return builders.person(Role.CODER)


def _run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    token.add_arguments(parser)
    return token.run(parser.parse_args(words))


def test_the_token_alone_goes_to_standard_output(person: Person, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("issue", person.email.upper(), "night report", "--days", "7") == 0
    assert person_of_token(capsys.readouterr().out.strip()) == person


def test_nobody_gets_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("issue", "nobody@example.test", "night report") == 1
    assert "Nobody active" in capsys.readouterr().err


def test_too_many_days_are_refused_in_words(person: Person, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("issue", person.email, "night report", "--days", "9999") == 1
    assert "366" in capsys.readouterr().err


def test_the_list_shows_no_token(person: Person, capsys: pytest.CaptureFixture[str]) -> None:
    _run("issue", person.email, "night report")
    plain = capsys.readouterr().out.strip()
    assert _run("list") == 0
    listed = capsys.readouterr().out
    assert "night report" in listed
    assert person.email in listed
    assert plain not in listed


def test_an_ended_one_is_listed_as_such(person: Person, capsys: pytest.CaptureFixture[str]) -> None:
    _run("issue", person.email, "night report")
    plain = capsys.readouterr().out.strip()
    assert _run("end", str(ApiToken.objects.get().uid)) == 0
    assert person_of_token(plain) is None
    _run("list")
    assert "ended" in capsys.readouterr().out


def test_ending_one_that_is_not_there_is_refused() -> None:
    assert _run("end", str(uuid4())) == 1
