"""How allauth behaves here: nobody signs up alone, secrets of second factors are encrypted."""

from __future__ import annotations

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from charthouse.apps.accounts.confirm import has_second_factor
from charthouse.apps.accounts.models import Person
from charthouse.apps.core.cipher import decrypt, encrypt

_PLACE = "mfa_authenticator.secret"


def display_name(person: Person) -> str:
    """The name shown for a person."""
    return person.full_name


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Closes sign-up: people are added by IT."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Ask again before a second factor is changed; not while the first one is set up, just after the password."""
        person = getattr(context.request, "user", None)
        if isinstance(person, Person) and not has_second_factor(person):
            return False
        return bool(super().is_reauthentication_required(app=app))


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Encrypts TOTP secrets and recovery seeds with the installation's key ring."""

    def encrypt(self, text: str) -> str:
        """Encrypt a secret for the database."""
        return base64.b64encode(encrypt(text.encode(), _PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a secret from the database."""
        return decrypt(base64.b64decode(encrypted_text), _PLACE).decode()
