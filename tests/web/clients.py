"""Browsers for tests: a client that is signed in as somebody, second factor done."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from charthouse.apps.accounts.models import Person

PASSWORD = "correct horse battery"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def signed_in(person: Person, client: Client | None = None) -> Client:
    """A client whose session is complete."""
    client = client or Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["second_factor"] = True
    session.save()
    return client


def give_authenticator(person: Person) -> None:
    """Set up an authenticator with a secret known to tests."""
    totp.TOTP.activate(person, SECRET)


def code_now(offset: int = 0) -> str:
    """The code that is good now, or `offset` periods from now."""
    counters = list(totp.yield_hotp_counters_from_time())
    return str(totp.format_hotp_value(totp.hotp_value(SECRET, counters[len(counters) // 2] + offset)))


def has_authenticator(person: Person) -> bool:
    """Whether an authenticator is set up."""
    return bool(Authenticator.objects.filter(user=person).exists())
