"""Making sure that it is the person: the password again, or a code of the authenticator."""

from __future__ import annotations

from typing import Literal

from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import authenticate
from django.http import HttpRequest

from charthouse.apps.accounts.models import Person
from charthouse.apps.audit.actions import record


def has_second_factor(person: Person) -> bool:
    """Whether an authenticator is set up."""
    return bool(Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists())


def confirm(request: HttpRequest, person: Person, secret: str) -> Literal["password", "totp", ""]:
    """Say by what the person was confirmed, or nothing. Wrong tries count towards the lock-out like sign-ins."""
    # Six digits can be guessed: tries are rationed for each person, over all processes.
    if not ratelimit.consume(request, action="reauthenticate", user=person):
        return ""
    code = secret.replace(" ", "")
    if len(code) == 6 and code.isdigit():
        found = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
        if found is not None and TOTP(found).validate_code(code):
            return "totp"
    elif authenticate(request, email=person.email, password=secret) == person:
        return "password"
    record("accounts.identity.refused", person)
    return ""
