"""The demo's people: one password for all, an authenticator whose secret anyone can work out. Never real people."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp

from charthouse.apps.accounts.models import Person
from charthouse.sandbox.practice_data import load_practice

PASSWORD = "harbor point demo"


@dataclass(frozen=True, slots=True)
class SignIn:
    """How to sign in as somebody of the demo."""

    name: str
    role: str
    email: str
    code: str


def secret_of(email: str) -> str:
    """The authenticator secret of a demo person, the same on every machine."""
    return base64.b32encode(hashlib.sha256(f"charthouse demo {email}".encode()).digest()[:20]).decode()


def give_authenticator(person: Person) -> None:
    """Set up the demo authenticator once."""
    if not Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists():
        totp.TOTP.activate(person, secret_of(person.email))


def current_code(email: str) -> str | None:
    """The six digits that are good now, or None for somebody who is not of the demo."""
    if email.lower() not in {one["email"] for one in load_practice()["people"]}:
        return None
    # allauth accepts the period before and after; the middle one of what it tries is now.
    counters = list(totp.yield_hotp_counters_from_time())
    return str(totp.format_hotp_value(totp.hotp_value(secret_of(email.lower()), counters[len(counters) // 2])))


def everybody() -> list[SignIn]:
    """Every demo person with the code that is good now, coders first."""
    people = load_practice()["people"]
    return [
        SignIn(one["full_name"], ", ".join(one["roles"]), one["email"], current_code(one["email"]) or "")
        for one in people
    ]


def sign_ins() -> str:
    """What `charthouse serve` prints."""
    lines = [f"  {one.name:<16} {one.role:<12} {one.email}" for one in everybody()]
    return "\n".join(
        [
            "Demo sign-ins (password for all: " + PASSWORD + ")",
            *lines,
            "The 6-digit code is shown on the demo's sign-in page, or: charthouse demo-code EMAIL",
            "Begin as Noor Haddad, the coder: the gate will ask for one signature.",
        ]
    )
