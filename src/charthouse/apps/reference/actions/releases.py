"""Taking a loaded release out of force, and putting it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from charthouse.apps.accounts.models import Person
from charthouse.apps.audit.actions import record
from charthouse.apps.core.errors import Invalid
from charthouse.apps.reference.policies import refuse_others

if TYPE_CHECKING:
    from charthouse.engines.codesets.shelf import Release


@transaction.atomic
def withdraw(person: Person | None, uid: str, reason: str) -> Release:
    """Take a release out of force; its file is kept. Raise Refused when there is no such release."""
    return _change(person, uid, "withdrawn", reason, "reference.release.withdrawn")


@transaction.atomic
def restore(person: Person | None, uid: str, reason: str) -> Release:
    """Put a withdrawn release back in force; raise Refused when another stands in its place."""
    return _change(person, uid, "in-force", reason, "reference.release.restored")


def _change(person: Person | None, uid: str, state: str, reason: str, verb: str) -> Release:
    from charthouse.engines.codesets.shelf import ReleaseState, change_state

    refuse_others(person)
    if not reason.strip():
        raise Invalid("Say why.", field="reason", code="reference.reason-missing")
    # The event first: a shelf that changed without one could not be explained.
    record(verb, reason=reason.strip(), detail={"release": uid[:200]})
    return change_state(settings.CODESETS_DIR, uid, ReleaseState(state))
