"""Programs for tests: a client that sends a token."""

from __future__ import annotations

from django.test import Client

from charthouse.apps.accounts.models import Person
from charthouse.apps.accounts.tokens import issue_token


def program_of(person: Person) -> Client:
    """A program that acts as a person."""
    return Client(headers={"Authorization": f"Bearer {issue_token(person, 'a test', 1)[1]}"})
