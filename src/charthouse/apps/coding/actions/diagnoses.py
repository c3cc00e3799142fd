"""Diagnoses: adding, replacing, sequencing, present on admission, removing."""

from __future__ import annotations

from uuid import UUID

from charthouse.apps.accounts.models import Person
from charthouse.apps.coding.actions.evidence import Passage, keep_passage
from charthouse.apps.coding.changing import change, diagnosis, session_of
from charthouse.apps.coding.codes import diagnosis_code
from charthouse.apps.coding.command import parse
from charthouse.apps.coding.models import CodingSession, DiagnosisLine
from charthouse.apps.core.errors import Invalid
from charthouse.apps.reference.actions import note_use

POA_VALUES = ("Y", "N", "U", "W", "1", "")


def add_diagnosis(
    person: Person, session_uid: UUID, code: str, *, as_principal: bool = False, evidence: Passage | None = None
) -> DiagnosisLine:
    """Put a diagnosis at the end of the list, or first; Invalid when no table knows the code."""
    taken = diagnosis_code(parse(code))
    with change(person, session_uid, "coding.diagnosis.added") as making:
        lines = list(making.session.diagnoses.all())
        line = DiagnosisLine(session=making.session, position=len(lines) + 1, code=taken.value)
        line.save()
        note_use(person, taken, making.session.encounter.organization)
        if as_principal:
            _sequence([line, *lines])
        if evidence is not None:
            keep_passage(person, line, evidence)
        making.label = f"Added {taken.display}"
        making.detail = {"code": taken.value, "position": line.position}
    return line


def replace_diagnosis(person: Person, line_uid: UUID, code: str) -> DiagnosisLine:
    """Put another code in the place of a diagnosis; its position, pointers and evidence stay."""
    taken = diagnosis_code(parse(code))
    with change(person, session_of(DiagnosisLine, line_uid), "coding.diagnosis.replaced") as making:
        line = diagnosis(making.session, line_uid)
        making.label = f"Replaced {line.display} by {taken.display}"
        making.detail = {"code": taken.value, "instead_of": line.code, "position": line.position}
        line.code = taken.value
        line.save(update_fields=["code"])
    return line


def remove_diagnosis(person: Person, line_uid: UUID) -> CodingSession:
    """Take a diagnosis off with its evidence and the pointers to it; the others move up."""
    with change(person, session_of(DiagnosisLine, line_uid), "coding.diagnosis.removed") as making:
        line = diagnosis(making.session, line_uid)
        making.label = f"Removed {line.display}"
        making.detail = {"code": line.code, "position": line.position}
        line.delete()
        _sequence(list(making.session.diagnoses.all()))
    return making.session


def move_diagnosis(person: Person, line_uid: UUID, to_position: int) -> DiagnosisLine:
    """Sequence a diagnosis at a position from 1; pointers follow it."""
    with change(person, session_of(DiagnosisLine, line_uid), "coding.diagnosis.moved") as making:
        lines = list(making.session.diagnoses.all())
        line = diagnosis(making.session, line_uid)
        if not 1 <= to_position <= len(lines):
            raise Invalid(f"There is no position {to_position}: the list has {len(lines)}.", field="position")
        others = [other for other in lines if other.pk != line.pk]
        making.label = f"Moved {line.display} to {to_position}"
        making.detail = {"code": line.code, "position": to_position, "from": line.position}
        _sequence([*others[: to_position - 1], line, *others[to_position - 1 :]])
    return line


def set_poa(person: Person, line_uid: UUID, poa: str) -> DiagnosisLine:
    """Say whether a diagnosis was present on admission: Y, N, U, W, 1 (exempt) or empty."""
    value = poa.strip().upper()
    if value not in POA_VALUES:
        raise Invalid(f"“{value[:5]}” is not Y, N, U, W, 1 or empty.", field="poa")
    with change(person, session_of(DiagnosisLine, line_uid), "coding.diagnosis.poa_set") as making:
        line = diagnosis(making.session, line_uid)
        making.label = f"Present on admission of {line.display}"
        making.detail = {"code": line.code, "position": line.position, "poa": value}
        line.poa = value
        line.save(update_fields=["poa"])
    return line


def _sequence(lines: list[DiagnosisLine]) -> None:
    for position, line in enumerate(lines, 1):
        if line.position != position:
            line.position = position
            line.save(update_fields=["position"])
