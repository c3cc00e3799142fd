"""People of the demo at work: signed-in browsers, charts in a coder's hands, and more charts like one of the demo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from django.test import Client

from charthouse.apps.accounts.models import Organization, Person
from charthouse.apps.audit.context import Actor, acting_as
from charthouse.apps.charts.models import Encounter
from charthouse.apps.coding import actions as coding
from charthouse.apps.coding.models import CodingSession
from charthouse.apps.exchange.actions import receive_file
from charthouse.apps.worklists import actions as worklists
from charthouse.apps.worklists.models import WorkItem
from charthouse.sandbox.practice_data import charts, load_coded

HTMX = {"HX-Request": "true"}
_MODEL = "emergency-vomiting.txt"
_DIAGNOSES = ("R11.2", "E86.0", "E87.6")
_PROCEDURES = ("G0383-25 x1 >1,2,3", "J2405 x4 >1")
_numbers = count(1)


def coder() -> Person:
    """The demo's coder who has signed everything."""
    return Person.objects.get(email=load_coded()["coder"])


def biller() -> Person:
    """The demo's biller."""
    return Person.objects.get(email=load_coded()["biller"])


def practice() -> Organization:
    """The demo's organization."""
    return Organization.objects.get()


def browser(person: Person) -> Client:
    """A client whose session is complete, second factor included."""
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["second_factor"] = True
    session.save()
    return client


@contextmanager
def working(person: Person) -> Iterator[None]:
    """Work in a person's name."""
    with acting_as(Actor(str(person.uid), person.full_name)):
        yield


def take_uncoded(by: Person) -> list[Encounter]:
    """Take every chart with documents that waits, and open a coding session on each; return all in hand."""
    with working(by):
        waiting = WorkItem.objects.filter(state=WorkItem.State.READY, encounter__documents__isnull=False).distinct()
        encounters = [worklists.take(by, item.uid).encounter for item in list(waiting)]
        for encounter in encounters:
            coding.open_session(by, encounter.uid)
    held = WorkItem.objects.filter(state=WorkItem.State.IN_PROGRESS, assigned_to=by).select_related("encounter")
    return [item.encounter for item in held]


def coded_copy(by: Person) -> CodingSession:
    """A new visit like one of the demo, coded and ready to finalise."""
    encounter = _copy()
    with working(by):
        worklists.take(by, encounter.work_item.uid)
        session = coding.open_session(by, encounter.uid)
        for code in _DIAGNOSES:
            coding.add_diagnosis(by, session.uid, code)
        for command in _PROCEDURES:
            coding.add_procedure(by, session.uid, command)
    session.refresh_from_db()
    return session


def _copy() -> Encounter:
    number = next(_numbers)
    text = dict(charts())[_MODEL].decode()
    lines = [_renumbered(line, number) for line in text.splitlines()]
    file = receive_file(None, practice(), f"copy-{number}.txt", "\n".join(lines).encode())
    return Encounter.objects.filter(documents__source=file).distinct().get()


def _renumbered(line: str, number: int) -> str:
    name, parted, _ = line.partition(": ")
    return f"{name}: BENCH-{number:05d}" if parted and name in {"MRN", "Encounter"} else line
