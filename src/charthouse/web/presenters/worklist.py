"""Rows of the worklist as the page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from charthouse.apps.accounts.models import Person, Role
from charthouse.apps.accounts.selectors import has_role
from charthouse.apps.worklists.models import WorkItem
from charthouse.apps.worklists.selectors import WorkRow

EMPTY = {
    "mine": ("You have no chart in hand", "Open the next chart, or take one from Ready to code."),
    "ready": ("Nothing waits to be coded", "Charts appear here when their documents have come in."),
    "in-progress": ("Nobody is coding at the moment", "Charts in somebody's hands appear here."),
    "coded": ("Nothing is coded yet", "Charts you finalise appear here."),
    "all": ("No charts yet", "Charts appear here when intake has taken them in."),
}


@dataclass(frozen=True, slots=True)
class WorklistLine:
    """A row with its words, and whether this person can open or take it."""

    row: WorkRow
    kind: str
    state: str
    can_open: bool
    can_take: bool


def lines(person: Person, rows: list[WorkRow], *, is_open: bool) -> list[WorklistLine]:
    """Say what each row is and what the person may do with it; nothing while the gate is closed."""
    is_coder, is_manager = has_role(person, Role.CODER), has_role(person, Role.MANAGER)
    return [
        WorklistLine(
            row=row,
            kind=row.kind.replace("-", " ").capitalize(),
            state=WorkItem.State(row.state).label,
            can_open=is_open and (row.is_mine or is_manager),
            can_take=is_open and is_coder and not row.is_mine and row.state == WorkItem.State.READY,
        )
        for row in rows
    ]
