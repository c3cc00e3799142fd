"""Lists: every page of rows, in a practice with many encounters and some hundred claims."""

from __future__ import annotations

import os
from collections.abc import Iterator

from bench.crowd import add_claims, add_waiting
from bench.desk import biller, browser, coder
from bench.figure import Figure, NotMeasured, milliseconds, times
from charthouse.apps.accounts.models import Person, Role
from charthouse.apps.billing.models import Claim
from charthouse.apps.charts.models import Encounter

BUDGET = 200.0
_WAITING = int(os.environ.get("CHARTHOUSE_BENCH_ENCOUNTERS", "10000"))
_CLAIMS = int(os.environ.get("CHARTHOUSE_BENCH_CLAIMS", "200"))
_RUNS = 20


def figures() -> Iterator[Figure]:
    """Each list by somebody who uses it."""
    add_waiting(_WAITING)
    add_claims(_CLAIMS)
    yield Figure("lists were measured with", f"{Encounter.objects.count()} encounters, {Claim.objects.count()} claims")
    for url, person in _lists():
        client = browser(person)
        answer = client.get(url)
        if answer.status_code != 200:
            raise NotMeasured(f"{url} answered {answer.status_code}")
        spent = [milliseconds(client.get, url) for _ in range(_RUNS)]
        yield times(f"  {url} ({len(answer.content) // 1000} kB)", spent, BUDGET)


def _lists() -> list[tuple[str, Person]]:
    manager, compliance = (Person.objects.filter(memberships__role=role)[0] for role in (Role.MANAGER, Role.COMPLIANCE))
    return [
        ("/worklist/?view=ready", coder()),
        ("/worklist/?view=all", manager),
        ("/claims/?view=all", biller()),
        ("/payments/denials/", biller()),
        ("/payments/remittances/", biller()),
        ("/findings/", coder()),
        ("/intake/", manager),
        ("/program/register/", manager),
        ("/log/", compliance),
    ]
