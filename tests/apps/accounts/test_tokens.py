"""API tokens: shown once, kept as a digest, of no use after their day, after being ended, or without their person."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from charthouse.apps.accounts.models import ApiToken, Person, Role
from charthouse.apps.accounts.tokens import LONGEST_DAYS, end_token, issue_token, person_of_token, tokens
from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.core.clock import now
from charthouse.apps.core.errors import Denied, Invalid
from tests.apps import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return builders.person(Role.CODER)


def test_a_token_stands_for_its_person(person: Person) -> None:
    _, plain = issue_token(person, "night report", 30)
    assert person_of_token(plain) == person


def test_its_text_is_kept_nowhere(person: Person) -> None:
    token, plain = issue_token(person, "night report", 30)
    kept = [str(value) for row in ApiToken.objects.values() for value in row.values()]
    kept += [str(value) for row in AuditEvent.objects.values() for value in row.values()]
    assert not [value for value in kept if plain in value or plain[4:] in value]
    assert token.digest != plain


def test_two_tokens_are_never_alike(person: Person) -> None:
    assert issue_token(person, "one", 1)[1] != issue_token(person, "two", 1)[1]


@pytest.mark.parametrize(("days_later", "is_good"), [(0, True), (30, True), (31, False)])
def test_it_lasts_until_its_day(person: Person, days_later: int, is_good: bool) -> None:
    _, plain = issue_token(person, "night report", 30)
    with time_machine.travel(now() + timedelta(days=days_later)):
        assert (person_of_token(plain) is not None) == is_good


def test_an_ended_token_is_of_no_use(person: Person) -> None:
    token, plain = issue_token(person, "night report", 30)
    end_token(token.uid)
    assert person_of_token(plain) is None


def test_ending_twice_keeps_the_first_time(person: Person) -> None:
    token, _ = issue_token(person, "night report", 30)
    first = end_token(token.uid).ended_at
    assert end_token(token.uid).ended_at == first
    assert AuditEvent.objects.filter(verb="accounts.token.ended").count() == 1


def test_ending_none_is_refused() -> None:
    with pytest.raises(Denied):
        end_token(uuid4())


def test_a_person_who_left_takes_the_token_along(person: Person) -> None:
    _, plain = issue_token(person, "night report", 30)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert person_of_token(plain) is None


@pytest.mark.parametrize("text", ["", "chh_", "chh_nothing", "something else", "chh_" + "x" * 9_000])
def test_what_is_no_token_stands_for_nobody(person: Person, text: str) -> None:
    issue_token(person, "night report", 30)
    assert person_of_token(text) is None


@pytest.mark.parametrize("days", [0, -1, LONGEST_DAYS + 1])
def test_its_life_is_bounded(person: Person, days: int) -> None:
    with pytest.raises(Invalid):
        issue_token(person, "night report", days)


@pytest.mark.parametrize("name", ["", "  ", "n" * 81])
def test_it_names_its_program(person: Person, name: str) -> None:
    with pytest.raises(Invalid):
        issue_token(person, name, 1)


def test_issuing_is_in_the_log(person: Person) -> None:
    token, _ = issue_token(person, "night report", 30)
    event = AuditEvent.objects.get(verb="accounts.token.issued")
    assert event.object_id == str(token.uid)
    assert event.detail["person"] == str(person.uid)


def test_the_newest_stands_first(person: Person) -> None:
    issue_token(person, "one", 1)
    issue_token(person, "two", 1)
    assert [token.name for token in tokens()] == ["two", "one"]
