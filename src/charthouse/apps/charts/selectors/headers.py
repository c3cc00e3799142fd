"""The few words that say whose chart it is: for lists, page heads and claims."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from charthouse.apps.accounts.models import Person
from charthouse.apps.charts.models import Encounter
from charthouse.apps.charts.policies import can_see_headers
from charthouse.apps.charts.selectors.access import not_found
from charthouse.apps.core.clock import today
from charthouse.apps.program.gate import GateClosed, check


@dataclass(frozen=True, slots=True)
class PatientHeader:
    """Name, sex, birth date, age in whole years on the date of service, and medical record number."""

    name: str
    sex: str
    birth_date: date | None
    age: int | None
    mrn: str


def patient_header(person: Person, encounter: Encounter) -> PatientHeader:
    """The header of one encounter's patient; Denied without a role that needs it, GateClosed when the gate is."""
    if not can_see_headers(person, encounter.organization_id):
        raise not_found()
    decision = check(person, encounter.organization_id, encounter)
    if not decision.open:
        raise GateClosed(decision)
    return header_of(encounter)


def patient_headers(person: Person, encounters: Iterable[Encounter]) -> dict[int, PatientHeader]:
    """Headers by encounter id for a list; encounters whose names this person may not see now are left out."""
    found = list(encounters)
    shown = {owner for owner in {row.organization_id for row in found} if _may_see(person, owner)}
    return {row.pk: header_of(row) for row in found if row.organization_id in shown}


def header_of(encounter: Encounter) -> PatientHeader:
    """Build the header; the caller has asked policy and gate."""
    patient = encounter.patient
    born = patient.birth_date
    age = _age(born, encounter.service_from or today()) if born else None
    return PatientHeader(patient.display_name, patient.sex, born, age, patient.mrn)


def _may_see(person: Person, organization_id: int) -> bool:
    return can_see_headers(person, organization_id) and check(person, organization_id).open


def _age(born: date, on: date) -> int | None:
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return years if years >= 0 else None
