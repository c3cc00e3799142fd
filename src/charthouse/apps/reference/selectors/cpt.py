"""The CPT licence and its seats, and whose words the loaded CPT releases are."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from charthouse.apps.accounts.models import Person
from charthouse.apps.core.clock import today
from charthouse.apps.reference.models import CptLicence, CptSeat
from charthouse.apps.reference.opened import shelf

if TYPE_CHECKING:
    from charthouse.engines.codesets.shelf import Release

MADE_UP, NOTICE = "made-up", "notice"  # what a reader notes about a release: that it is, and the file's own words


def licence() -> CptLicence | None:
    """The newest statement of a licence, in force or not."""
    return CptLicence.objects.order_by("-id").first()


def licence_in_force(on: date) -> CptLicence | None:
    """The licence, when it covers a day."""
    stated = licence()
    return stated if stated is not None and stated.is_in_force(on) else None


def seats() -> QuerySet[CptSeat]:
    """The seats that are taken now, by name."""
    taken = CptSeat.objects.filter(ended_at__isnull=True, person__is_active=True)
    return taken.select_related("person", "given_by").order_by("person__full_name")


def has_seat(person: Person | None) -> bool:
    """Whether somebody has a seat, whatever the licence says."""
    return person is not None and seats().filter(person=person).exists()


def may_see_descriptors(person: Person | None, on: date) -> bool:
    """Whether a person sees the CPT descriptors of a day: with a seat, while the licence is in force.

    Made-up codes in the layout of CPT are nobody's property: for them the seat alone decides.
    """
    if person is None or not has_seat(person):
        return False
    return licence_in_force(today()) is not None or all(map(is_made_up, releases(on)))


def has_only_made_up_codes() -> bool:
    """Whether there are CPT releases in force and all of them are made up."""
    found = in_force()
    return bool(found) and all(map(is_made_up, found))


def in_force() -> list[Release]:
    """The CPT releases that were not withdrawn, whatever their days."""
    from charthouse.engines.codesets.shelf import ReleaseState, Table

    return [one for one in shelf().releases(Table.CPT) if one.state is ReleaseState.IN_FORCE]


def releases(on: date) -> list[Release]:
    """The CPT releases that answer for a day."""
    from charthouse.engines.codesets.shelf import Table

    return shelf().on(Table.CPT, on)


def is_made_up(release: Release) -> bool:
    """Whether a release holds made-up codes in the layout of CPT."""
    return bool(release.notes.get(MADE_UP))


def notices(on: date) -> tuple[str, ...]:
    """What the CPT files of a day say of their copyright; to be shown wherever their words are."""
    found = (one.notes.get(NOTICE, "") for one in releases(on))
    return tuple(dict.fromkeys(text for text in found if text))
