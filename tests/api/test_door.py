"""The JSON door: who gets in, and that whatever comes back is JSON."""

from __future__ import annotations

import json
import time

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from charthouse.apps.accounts.models import Person, Role
from charthouse.apps.accounts.tokens import issue_token
from tests.api.clients import program_of
from tests.apps import builders
from tests.web.clients import signed_in

pytestmark = pytest.mark.django_db
FIND, DESCRIPTION = "/api/v1/codes/find", "/api/v1/openapi.json"


@pytest.fixture
def person() -> Person:
    return builders.person(Role.CODER, at=builders.organization())


def _ask(client: Client, body: object = None, **headers: str) -> tuple[int, dict[str, object]]:
    answer = client.post(FIND, body or {"q": "copd"}, "application/json", headers=headers or None)
    assert answer["Content-Type"].startswith("application/json")
    return answer.status_code, answer.json()


def test_a_token_lets_its_person_in(person: Person) -> None:
    status, body = _ask(program_of(person))
    assert status == 200
    assert body["results"]


def test_nobody_is_told_to_send_a_token() -> None:
    status, body = _ask(Client())
    assert (status, body["code"]) == (401, "api.unauthorised")
    assert "Bearer" in str(body["mend"])


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Bearer chh_wrong", "Basic dXNlcjpwYXNz", "chh_", "x" * 5_000])
def test_a_wrong_token_is_not_let_in(header: str) -> None:
    assert _ask(Client(headers={"Authorization": header}))[0] == 401


def test_a_wrong_token_does_not_fall_back_on_the_session(person: Person) -> None:
    client = signed_in(person)
    assert client.get(DESCRIPTION).status_code == 200
    assert client.get(DESCRIPTION, headers={"Authorization": "Bearer chh_wrong"}).status_code == 401


def test_a_token_opens_no_page_but_the_doors_own(person: Person) -> None:
    _, plain = issue_token(person, "a test", 1)
    answer = Client().get("/worklist/", headers={"Authorization": f"Bearer {plain}"})
    assert answer.status_code == 302


def test_a_token_leaves_no_session(person: Person) -> None:
    client = program_of(person)
    assert _ask(client)[0] == 200
    assert not client.cookies


def test_somebody_signed_in_may_ask_too(person: Person) -> None:
    assert signed_in(person).get(DESCRIPTION).status_code == 200


def test_a_browsers_post_needs_its_token_against_forgery(person: Person) -> None:
    client = signed_in(person, Client(enforce_csrf_checks=True))
    assert client.post(FIND, {"q": "copd"}, "application/json").status_code == 403


def test_a_program_needs_none(person: Person) -> None:
    _, plain = issue_token(person, "a test", 1)
    client = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {plain}"})
    assert _ask(client)[0] == 200


def test_a_locked_session_is_shut_out(person: Person, settings: Settings) -> None:
    client = signed_in(person)
    assert client.get(DESCRIPTION).status_code == 200
    with time_machine.travel(time.time() + settings.IDLE_LOCK_SECONDS + 1, tick=True):
        assert client.get(DESCRIPTION).status_code == 401


def test_what_is_not_there_is_said_in_json(person: Person) -> None:
    answer = program_of(person).get("/api/v1/nothing")
    assert answer.status_code == 404
    assert answer.json()["code"] == "api.not-found"


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'{"q": 1}', b'{"q": "a", "limit": 0}', b'{"q": "a", "on": "2026-02-30"}', b"\xff"],
)
def test_input_of_another_shape_is_refused_in_json(person: Person, body: bytes) -> None:
    answer = program_of(person).generic("POST", FIND, body, "application/json")
    assert answer.status_code in {400, 422}
    assert answer.json()["code"].startswith("api.")


def test_what_was_sent_is_not_sent_back(person: Person) -> None:
    answer = program_of(person).post(FIND, {"q": "a", "on": "Jane Roe"}, "application/json")
    assert answer.status_code == 422
    assert "Jane" not in answer.content.decode()


def test_the_description_names_every_route(person: Person) -> None:
    paths = program_of(person).get(DESCRIPTION).json()["paths"]
    assert "/api/v1/codes/find" in paths
    assert all("summary" in operation for path in paths.values() for operation in path.values())
    assert "Authorization" not in json.dumps(paths)
