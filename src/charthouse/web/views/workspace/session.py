"""What the views of the workspace share: the coder's session of a chart, and its pane ready to print."""

from __future__ import annotations

from uuid import UUID

from charthouse.apps.accounts.models import Person
from charthouse.apps.charts.models import Encounter
from charthouse.apps.coding import actions, selectors
from charthouse.apps.coding.models import CodingSession
from charthouse.apps.coding.selectors import SessionView
from charthouse.apps.core.errors import Denied
from charthouse.apps.practice.selectors import providers
from charthouse.apps.program.gate import GateClosed
from charthouse.web.presenters.codes import POA_CHOICES, codes


def session_if_coding(person: Person, encounter: UUID) -> CodingSession | None:
    """The person's session of a chart; None for those who may only read it. Raises what stops a coder."""
    try:
        return actions.open_session(person, encounter)
    except GateClosed:
        raise
    except Denied:
        return None


def view_of(person: Person, session: CodingSession | None) -> SessionView | None:
    """The session as shown, if there is one."""
    return selectors.session_view(person, session.uid) if session else None


def pane(encounter: Encounter, view: SessionView | None, line: str = "") -> dict[str, object]:
    """Context of the codes pane."""
    if view is None:
        return {"codes": None}
    days = (encounter.service_from, encounter.service_to or encounter.service_from)
    return {
        "codes": codes(view, encounter.kind, days, line),
        "poa_choices": POA_CHOICES,
        "providers": providers(encounter.organization),
    }
