"""Procedures: adding by command, changing, pointing at diagnoses, removing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from charthouse.apps.accounts.models import Person
from charthouse.apps.charts.models import Encounter
from charthouse.apps.coding.actions.evidence import Passage, keep_passage
from charthouse.apps.coding.changing import change, procedure, session_of
from charthouse.apps.coding.codes import procedure_code, procedure_system
from charthouse.apps.coding.command import check_modifiers, check_pointers, check_units, parse
from charthouse.apps.coding.models import CodingSession, DiagnosisLine, Pointer, ProcedureLine
from charthouse.apps.core.errors import Invalid
from charthouse.apps.practice.models import Provider
from charthouse.apps.reference.actions import note_use
from charthouse.kit import Code


def add_procedure(person: Person, session_uid: UUID, text: str, *, evidence: Passage | None = None) -> ProcedureLine:
    """Add a procedure written as a command such as `G0463-25 x1 >1,2`.

    Left out: one unit, the first day of the encounter, its provider, and a pointer to the principal diagnosis.
    """
    typed = parse(text)
    with change(person, session_uid, "coding.procedure.added") as making:
        session = making.session
        code = procedure_code(typed, session.encounter.organization)
        line = ProcedureLine.objects.create(
            session=session,
            position=session.procedures.count() + 1,
            code=code,
            modifiers=list(typed.modifiers),
            units=typed.units or 1,
            service_date=_day_within(session.encounter, typed.on),
            provider=session.encounter.provider,
        )
        note_use(person, Code(procedure_system(code), code), session.encounter.organization)
        _point(line, typed.pointers or (1,), must_exist=bool(typed.pointers))
        if evidence is not None:
            keep_passage(person, line, evidence)
        making.label = f"Added {code}"
        making.detail = {"code": code, "position": line.position}
    return line


def change_procedure(
    person: Person,
    line_uid: UUID,
    *,
    modifiers: Sequence[str] | None = None,
    units: int | None = None,
    service_date: date | None = None,
    provider_uid: UUID | None = None,
) -> ProcedureLine:
    """Change what is given of a procedure and leave the rest."""
    with change(person, session_of(ProcedureLine, line_uid), "coding.procedure.changed") as making:
        line = procedure(making.session, line_uid)
        changed: list[str] = []
        if modifiers is not None:
            line.modifiers = list(check_modifiers(list(modifiers)))
            changed.append("modifiers")
        if units is not None:
            line.units = check_units(units)
            changed.append("units")
        if service_date is not None:
            line.service_date = _day_within(making.session.encounter, service_date)
            changed.append("service_date")
        if provider_uid is not None:
            line.provider = _provider(making.session.encounter, provider_uid)
            changed.append("provider")
        line.save()
        making.label = f"Changed {line.code}"
        making.detail = {"code": line.code, "position": line.position, "changed": changed}
    return line


def set_pointers(person: Person, line_uid: UUID, positions: Sequence[int]) -> ProcedureLine:
    """Point a procedure at up to four diagnoses by position, the main one first; none is allowed and is a finding."""
    wanted = check_pointers(list(positions))
    with change(person, session_of(ProcedureLine, line_uid), "coding.procedure.pointed") as making:
        line = procedure(making.session, line_uid)
        _point(line, wanted, must_exist=True)
        making.label = f"Pointed {line.code} to {', '.join(map(str, wanted)) or 'nothing'}"
        making.detail = {"code": line.code, "position": line.position, "pointers": list(wanted)}
    return line


def remove_procedure(person: Person, line_uid: UUID) -> CodingSession:
    """Take a procedure off with its evidence; the others move up."""
    with change(person, session_of(ProcedureLine, line_uid), "coding.procedure.removed") as making:
        line = procedure(making.session, line_uid)
        making.label = f"Removed {line.code}"
        making.detail = {"code": line.code, "position": line.position}
        line.delete()
        for position, other in enumerate(making.session.procedures.all(), 1):
            if other.position != position:
                other.position = position
                other.save(update_fields=["position"])
    return making.session


def _point(line: ProcedureLine, positions: Sequence[int], *, must_exist: bool) -> None:
    diagnoses: dict[int, DiagnosisLine] = {found.position: found for found in line.session.diagnoses.all()}
    missing = [position for position in positions if position not in diagnoses]
    if missing and must_exist:
        raise Invalid(
            f"There is no diagnosis {missing[0]} to point to.", field="pointers", code="coding.no-such-diagnosis"
        )
    line.pointers.all().delete()
    Pointer.objects.bulk_create(
        Pointer(procedure=line, diagnosis=diagnoses[position], rank=rank)
        for rank, position in enumerate(positions, 1)
        if position in diagnoses
    )


def _day_within(encounter: Encounter, day: date | None) -> date:
    dates = encounter.dates
    if dates is None:
        raise Invalid(
            "The encounter has no date of service, so nothing done in it can be dated.",
            field="service_date",
            mend="Have the sender complete the encounter.",
        )
    on = day or dates.start
    if not dates.start <= on <= dates.end:
        raise Invalid(
            f"{on:%-d %b %Y} is outside the encounter: {dates.start:%-d %b %Y} to {dates.end:%-d %b %Y}.",
            field="service_date",
            code="coding.outside-encounter",
        )
    return on


def _provider(encounter: Encounter, uid: UUID) -> Provider:
    found = Provider.objects.filter(organization=encounter.organization_id, uid=uid).first()
    if found is None:
        raise Invalid("There is no such provider in this practice.", field="provider")
    return found
