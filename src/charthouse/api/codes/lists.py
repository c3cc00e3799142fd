"""Lists: what is loaded, what a release changed, small tables, the codes a person has at hand."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema

from charthouse.api.codes.asking import person_asking
from charthouse.api.codes.schemas import SetOut
from charthouse.apps.core.clock import today
from charthouse.apps.reference.selectors import code_book, entry, favourites, recent
from charthouse.kit import Code, CodeSystem

router = Router(tags=["codes"])
TableName = Literal["place-of-service", "modifiers", "type-of-bill", "bill-frequency", "discharge-status", "poa"]


class ChangesOut(Schema):
    """Codes that came and went with the release in force on a day; `since` is null where none before is known."""

    on: date
    since: date | None
    added: list[str] = []
    deleted: list[str] = []
    revised: list[str] = []
    are_texts_known: bool = Field(False, description="false: rewordings cannot be told, a text is not loaded")


class RowOut(Schema):
    """A row of a small table, in words of our own."""

    value: str
    label: str
    group: str


class HandCode(Schema):
    """A code a person keeps or used."""

    system: str
    code: str
    title: str


class AtHandOut(Schema):
    """Favourites, newest first, and codes used last."""

    favourites: list[HandCode]
    recent: list[HandCode]


@router.get("/code-sets", response=list[SetOut], url_name="code_sets")
def code_sets(request: HttpRequest, on: date | None = None) -> list[SetOut]:
    """What answers for the day, what is loaded for other days, and what is not loaded."""
    return [SetOut.from_orm(one) for one in code_book().sets(on or today())]


@router.get("/changes/{system}", response=ChangesOut, url_name="changed_codes")
def changed_codes(
    request: HttpRequest, system: Literal["icd-10-cm", "icd-10-pcs"], on: date | None = None
) -> ChangesOut:
    """What the release in force on a day added, deleted and reworded."""
    day, wanted = on or today(), CodeSystem(system)
    found = code_book().changes(day, wanted)
    if found is None:
        return ChangesOut(on=day, since=None, are_texts_known=False)
    added, deleted, revised = (
        [Code(wanted, one).display for one in codes] for codes in (found.added, found.deleted, found.revised)
    )
    return ChangesOut(
        on=day,
        since=found.since,
        added=added,
        deleted=deleted,
        revised=revised,
        are_texts_known=found.are_texts_known,
    )


@router.get("/tables/{name}", response=list[RowOut], url_name="small_table")
def small_table(request: HttpRequest, name: TableName) -> list[RowOut]:
    """Places of service, modifiers, types of bill, discharge statuses, POA indicators."""
    return [RowOut(value=one.value, label=one.label, group=one.group) for one in code_book().small(name).values()]


@router.get("/at-hand", response=AtHandOut, url_name="codes_at_hand")
def codes_at_hand(request: HttpRequest, on: date | None = None) -> AtHandOut:
    """The codes whoever asks keeps, and used last; CPT words with a seat only."""
    person, day = person_asking(request), on or today()
    if person is None:
        return AtHandOut(favourites=[], recent=[])
    kept, used = ([_hand(code, day, request) for code in codes] for codes in (favourites(person), recent(person)))
    return AtHandOut(favourites=kept, recent=used)


def _hand(code: Code, on: date, request: HttpRequest) -> HandCode:
    about = entry(code.system, code.value, on, person_asking(request))
    return HandCode(system=code.system.value, code=code.display, title=about.title if about else "")
