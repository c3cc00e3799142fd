"""API tokens: shown once when they are issued, kept as a digest, ended by a date, by hand, or with the person."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from charthouse.apps.accounts.models import ApiToken, Person
from charthouse.apps.audit.actions import record
from charthouse.apps.core.clock import now, today
from charthouse.apps.core.errors import Denied, Invalid

PREFIX = "chh_"
LONGEST_DAYS = 366


@transaction.atomic
def issue_token(person: Person, name: str, days: int) -> tuple[ApiToken, str]:
    """A new token and the only copy of its text."""
    if not 1 <= days <= LONGEST_DAYS:
        raise Invalid(f"A token lasts 1 to {LONGEST_DAYS} days.", field="days", code="accounts.token-days")
    if not name.strip() or len(name) > 80:
        raise Invalid("Name the program that will use it (80 characters at most).", field="name")
    plain = PREFIX + secrets.token_urlsafe(32)
    ends = today() + timedelta(days=days)
    token = ApiToken.objects.create(person=person, name=name.strip(), digest=_digest(plain), expires_on=ends)
    record("accounts.token.issued", token, detail={"person": str(person.uid), "until": ends.isoformat()})
    return token, plain


@transaction.atomic
def end_token(uid: UUID) -> ApiToken:
    """Make a token useless from now on; ending it twice changes nothing."""
    token = ApiToken.objects.filter(uid=uid).first()
    if token is None:
        raise Denied("There is no such token.")
    if token.ended_at is None:
        token.ended_at = now()
        token.save(update_fields=["ended_at"])
        record("accounts.token.ended", token)
    return token


def tokens() -> QuerySet[ApiToken]:
    """Every token that was ever issued, newest first."""
    return ApiToken.objects.select_related("person").order_by("-id")


def person_of_token(plain: str) -> Person | None:
    """Whom a token stands for today; None when it is unknown, ended or its person is not active."""
    if not plain.startswith(PREFIX):
        return None
    found = ApiToken.objects.select_related("person").filter(digest=_digest(plain))
    token = next(iter(found), None)  # there is one at most: nothing to put in order
    return token.person if token is not None and token.is_good(today()) else None


def _digest(plain: str) -> str:
    return hashlib.sha256(plain.encode()).hexdigest()
