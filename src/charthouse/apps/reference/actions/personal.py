"""What a person keeps at hand and uses. Preferences are no events in the log; the coding itself is."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from charthouse.apps.accounts.models import Organization, Person
from charthouse.apps.core.clock import now
from charthouse.apps.core.errors import Invalid
from charthouse.apps.reference.models import CodeUse, Favourite
from charthouse.apps.reference.selectors.personal import forget_usage
from charthouse.kit import Code

MOST_FAVOURITES = 500


@transaction.atomic
def toggle_favourite(person: Person, code: Code) -> bool:
    """Keep a code at hand, or no longer; say whether it is kept now. Invalid beyond 500."""
    kept = Favourite.objects.filter(person=person, system=code.system.value, code=code.value)
    if kept.delete()[0]:
        return False
    if Favourite.objects.filter(person=person).count() >= MOST_FAVOURITES:
        raise Invalid(f"At most {MOST_FAVOURITES} codes can be kept at hand.", code="reference.too-many-favourites")
    Favourite.objects.get_or_create(person=person, system=code.system.value, code=code.value)
    return True


@transaction.atomic
def note_use(person: Person, code: Code, organization: Organization) -> None:
    """Count that a person put a code on a chart of an organization."""
    key = {"person": person, "organization": organization, "system": code.system.value, "code": code.value}
    CodeUse.objects.get_or_create(**key, defaults={"last_used": now()})
    CodeUse.objects.filter(**key).update(count=F("count") + 1, last_used=now())
    transaction.on_commit(lambda: forget_usage(person))
