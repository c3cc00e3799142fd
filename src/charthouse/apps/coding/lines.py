"""The lines of a session read at once, with evidence, pointers and prices, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch

from charthouse.apps.charts.models import Encounter
from charthouse.apps.coding.models import CodingSession, DiagnosisLine, Evidence, ProcedureLine
from charthouse.apps.practice.models import ChargeItem
from charthouse.apps.practice.selectors import charge_for


@dataclass(frozen=True, slots=True)
class Lines:
    """What is coded. `prices` holds the line of the charge master for each procedure, by primary key."""

    encounter: Encounter
    diagnoses: list[DiagnosisLine]
    procedures: list[ProcedureLine]
    prices: dict[int, ChargeItem | None]


def lines_of(session: CodingSession) -> Lines:
    """Read every line of the session; documents come without their text and attachment."""
    named = Evidence.objects.select_related("document").defer("document__body", "document__attachment")
    evidence = Prefetch("evidence", named.order_by("id"))
    owner = session.encounter.organization_id
    procedures = list(session.procedures.select_related("provider").prefetch_related("pointers__diagnosis", evidence))
    return Lines(
        encounter=session.encounter,
        diagnoses=list(session.diagnoses.prefetch_related(evidence)),
        procedures=procedures,
        prices={line.pk: charge_for(owner, line.code, line.service_date) for line in procedures},
    )


def pointed_at(line: ProcedureLine) -> tuple[int, ...]:
    """Positions of the diagnoses a procedure is for, the main one first."""
    return tuple(pointer.diagnosis.position for pointer in line.pointers.all())
