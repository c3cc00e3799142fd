"""A few charts of the demo that were coded before today, so that a biller finds answers of payers on the first day."""

from __future__ import annotations

from typing import Any

from charthouse.apps.accounts.models import Person
from charthouse.apps.audit.context import Actor, acting_as
from charthouse.apps.billing.actions import send_claims
from charthouse.apps.billing.models import ClaimState
from charthouse.apps.charts.models import Encounter
from charthouse.apps.charts.selectors import OpenChart, open_chart
from charthouse.apps.coding import actions as coding
from charthouse.apps.coding.actions import Passage
from charthouse.apps.worklists import actions as worklists
from charthouse.sandbox.practice_data import load_coded


def code_some() -> int:
    """Code and send what the demo says was coded before; returns how many were done now."""
    data = load_coded()
    coder, biller = (Person.objects.get(email=data[who]) for who in ("coder", "biller"))
    done = [_encounter(chart["encounter"]) for chart in data["charts"] if _code(coder, chart)]
    with acting_as(_actor(biller)):
        for encounter in done:
            send_claims(biller, [str(claim.uid) for claim in encounter.claims.filter(state=ClaimState.READY)])
    return len(done)


def put_first(manager: Person) -> None:
    """Let the chart with which the story begins be the next one handed out."""
    encounter = _encounter(load_coded()["first"])
    if encounter.work_item.priority != 1:
        worklists.set_priority(manager, encounter.work_item.uid, 1)


def _code(coder: Person, chart: dict[str, Any]) -> bool:
    encounter = _encounter(chart["encounter"])
    if encounter.coding_sessions.exists():
        return False
    with acting_as(_actor(coder)):
        worklists.take(coder, encounter.work_item.uid)
        opened = open_chart(coder, encounter.uid)
        session = coding.open_session(coder, encounter.uid)
        for diagnosis in chart["diagnoses"]:
            passage = _find(opened, diagnosis["evidence"])
            coding.add_diagnosis(coder, session.uid, diagnosis["code"], evidence=passage)
        for command in chart["procedures"]:
            coding.add_procedure(coder, session.uid, command)
        session.refresh_from_db()
        coding.finalise(coder, session.uid, session.revision)
    return True


def _find(opened: OpenChart, quote: str) -> Passage | None:
    for document in opened.documents:
        for number, section in enumerate(document.sections):
            start = section.text.find(quote)
            if quote and start >= 0:
                return Passage(document.uid, number, start, start + len(quote), quote)
    return None


def _encounter(number: str) -> Encounter:
    # Visit numbers are encrypted: the demo is small enough to read through them.
    return next(encounter for encounter in Encounter.objects.order_by("id") if encounter.number == number)


def _actor(person: Person) -> Actor:
    return Actor(str(person.uid), person.full_name)
