"""The patient of a chart and the coverages, found by record number and never by name."""

from __future__ import annotations

from collections.abc import Iterable

from charthouse.apps.accounts.models import Organization
from charthouse.apps.charts.actions.clean import clipped
from charthouse.apps.charts.models import Coverage, Patient
from charthouse.apps.core.cipher import blind_index
from charthouse.apps.practice.selectors import find_payer
from charthouse.kit import ChartCoverage, ChartPatient, Refusal, Refused


def save_patient(organization: Organization, source: str, given: ChartPatient) -> tuple[Patient, bool]:
    """The patient with this record number, made or brought up to date; tells whether it was made."""
    if not given.mrn.strip():
        raise _refused(source, "charts.no-record-number", "The chart has no medical record number.", "Send one.")
    index = blind_index(f"{given.mrn_authority}|{given.mrn}", "mrn")
    known = Patient.objects.select_for_update().filter(organization=organization, mrn_index=index).first()
    if known is None:
        patient = Patient(organization=organization, mrn=given.mrn.strip(), mrn_index=index)
        _fill(patient, _fields(given))
        return patient, True
    _ensure_same_person(source, known, given)
    _fill(known, {name: value for name, value in _fields(given).items() if _says_something(value)})
    return known, False


def save_coverages(organization: Organization, patient: Patient, given: Iterable[ChartCoverage]) -> int:
    """Keep one coverage for each rank, the latest sent; return how many were new."""
    known = {row.rank: row for row in patient.coverages.all()}
    made = 0
    for coverage in given:
        rank = min(max(coverage.rank, 1), 99)
        made += rank not in known
        row = known.setdefault(rank, Coverage(patient=patient, rank=rank))
        _save_coverage(organization, row, coverage)
    return made


def _save_coverage(organization: Organization, row: Coverage, given: ChartCoverage) -> None:
    row.payer = find_payer(organization, given.payer_id, given.payer_name)
    row.payer_name = clipped(given.payer_name, 120)
    row.member_id = given.member_id.strip()
    row.group_number = given.group_number.strip()
    row.save()


def _ensure_same_person(source: str, known: Patient, given: ChartPatient) -> None:
    if known.birth_date and given.birth_date and known.birth_date != given.birth_date:
        message = "The record number belongs to a patient with another date of birth."
        raise _refused(
            source, "charts.other-patient", message, "Find out which of the two is right, then send it again."
        )


def _fields(given: ChartPatient) -> dict[str, object]:
    address = {"line": given.address_line, "city": given.city, "state": given.state, "postal_code": given.postal_code}
    return {
        "family_name": given.family_name,
        "given_name": given.given_name,
        "middle_name": given.middle_name,
        "birth_date_text": given.birth_date.isoformat() if given.birth_date else "",
        "sex": given.sex.value,
        "address": address,
    }


def _says_something(value: object) -> bool:
    return any(value.values()) if isinstance(value, dict) else value not in {"", "U"}


def _fill(patient: Patient, fields: dict[str, object]) -> None:
    changed = [name for name, value in fields.items() if patient.pk is None or getattr(patient, name) != value]
    for name in changed:
        setattr(patient, name, fields[name])
    if changed:
        patient.save()


def _refused(source: str, rule: str, message: str, mend: str) -> Refused:
    return Refused(Refusal(source=source, place="patient", rule=rule, message=message, mend=mend))
