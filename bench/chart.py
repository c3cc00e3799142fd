"""Opening a chart: the whole workspace, through sign-in, gate, log and templates."""

from __future__ import annotations

from collections.abc import Iterator

from bench.desk import HTMX, browser, coder, take_uncoded
from bench.figure import Figure, NotMeasured, milliseconds, times
from bench.queries import load_sets

_PASSES = 6
BUDGET = 150.0


def figures() -> Iterator[Figure]:
    """Every waiting chart of the demo, several times; then the code search as its page asks for it."""
    person = coder()
    encounters, client = take_uncoded(person), browser(person)
    urls = [f"/chart/{encounter.uid}/" for encounter in encounters]
    answer = client.get(urls[0])
    if answer.status_code != 200:
        raise NotMeasured(f"opening a chart answered {answer.status_code}")
    spent = [milliseconds(client.get, url) for _ in range(_PASSES) for url in urls]
    yield times("open a chart (page)", spent, BUDGET)
    texts = [query.text for queries in load_sets().values() for query in queries[:40]]
    search = f"{urls[0]}search/"
    asked = [milliseconds(client.post, search, {"q": text}, headers=HTMX) for text in texts]
    yield times("code search, the whole request around it", asked)
