"""The facts in the top bar of a chart: whose, for which client, who pays, due when, and the coder's own day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from charthouse.apps.charts.models import Coverage, Encounter
from charthouse.apps.charts.selectors import OpenChart
from charthouse.apps.coding.selectors import Day
from charthouse.kit import EncounterKind
from charthouse.web.presenters import when


@dataclass(frozen=True, slots=True)
class Heading:
    """What is always in view."""

    name: str
    who: str
    about: str
    client: str
    payer: str
    due: str
    due_in: str
    is_late: bool
    opened: str
    day: str
    day_basis: str
    pace: str


def heading(chart: OpenChart, now: datetime, due_at: datetime | None, opened_at: datetime | None, day: Day) -> Heading:
    """Everything the top bar says of a chart."""
    encounter, patient = chart.encounter, chart.patient
    age = f" {patient.age}" if patient.age is not None else ""
    return Heading(
        name=patient.name,
        who=f"{patient.sex}{age}",
        about=f"MRN {patient.mrn} · {kind_label(encounter)} {when.span(encounter.service_from, encounter.service_to)}",
        client=encounter.organization.name,
        payer=_payer(chart.coverages),
        due=when.clock(due_at, now) if due_at else "",
        due_in=when.distance(due_at, now) if due_at else "",
        is_late=due_at is not None and due_at < now,
        opened=when.clock(opened_at, now) if opened_at else "",
        day=f"{day.coded} coded",
        day_basis=day.basis,
        pace=f"{day.per_hour} / h" if day.per_hour is not None else "pace after 15 min",
    )


def kind_label(encounter: Encounter) -> str:
    """The kind of an encounter in words."""
    known = next((kind for kind in EncounterKind if kind.value == encounter.kind), EncounterKind.OTHER)
    return known.value.replace("-", " ").capitalize()


def _payer(coverages: tuple[Coverage, ...]) -> str:
    if not coverages:
        return "none on the chart"
    first = coverages[0]
    return first.payer.name if first.payer else first.payer_name
