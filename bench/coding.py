"""Adding a diagnosis: the request that adds it, runs the edits over all codes and draws the codes again."""

from __future__ import annotations

from collections.abc import Iterator

from django.test import Client

from bench.desk import HTMX, browser, coder, take_uncoded
from bench.figure import Figure, NotMeasured, milliseconds, times
from charthouse.apps.charts.models import Encounter
from charthouse.apps.coding.models import CodingSession

BUDGET = 100.0
_CODES = ("E1122", "I10", "N1831", "J449", "Z794", "R05", "E785", "Z87891")


def figures() -> Iterator[Figure]:
    """Eight diagnoses, one after the other, on every waiting chart of the demo."""
    person = coder()
    encounters, client = take_uncoded(person), browser(person)
    for encounter in encounters:
        client.get(f"/chart/{encounter.uid}/")
    spent = [_add(client, encounter, code) for encounter in encounters for code in _CODES]
    yield times("add a diagnosis, with edits (request)", spent, BUDGET)


def _add(client: Client, encounter: Encounter, code: str) -> float:
    session = CodingSession.objects.get(encounter=encounter, state=CodingSession.State.OPEN)
    given = {"code": f"dx:{code}", "revision": session.revision, "documents": encounter.documents.count()}
    taken = milliseconds(client.post, f"/chart/{encounter.uid}/add/", given, headers=HTMX)
    if not session.diagnoses.filter(code=code).exists():
        raise NotMeasured(f"{code} was not added")
    return taken
