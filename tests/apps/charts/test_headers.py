"""Patient headers in lists: by role and only while the gate is open."""

from __future__ import annotations

from datetime import date

import pytest

from charthouse.apps.accounts.models import Role
from charthouse.apps.charts.selectors import patient_header, patient_headers
from charthouse.apps.core.clock import today
from charthouse.apps.core.errors import Denied
from charthouse.apps.program.gate import GateClosed
from tests.apps import builders

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.CODER, Role.MANAGER, Role.BILLER])
def test_those_whose_work_needs_names_see_them(role: Role) -> None:
    at = builders.organization()
    header = patient_header(builders.person(role, at=at, remote=False), builders.encounter(at))
    assert (header.name, header.sex, header.birth_date) == ("Okafor, Maren T.", "F", date(1959, 3, 4))
    assert header.mrn.startswith("MRN-")


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.COMPLIANCE, Role.IT_ADMIN, Role.PROVIDER, Role.HR])
def test_others_do_not(role: Role) -> None:
    at = builders.organization()
    with pytest.raises(Denied):
        patient_header(builders.person(role, at=at, remote=False), builders.encounter(at))


def test_nobody_sees_another_organizations_patients() -> None:
    with pytest.raises(Denied):
        patient_header(
            builders.person(Role.MANAGER, at=builders.organization(), remote=False),
            builders.encounter(builders.organization()),
        )


def test_a_closed_gate_closes_headers_too() -> None:
    at = builders.organization()
    noor, visit = builders.remote_coder(at), builders.encounter(at)
    builders.agreement(at, "telecommuting", today())
    with pytest.raises(GateClosed):
        patient_header(noor, visit)


def test_a_list_leaves_out_what_may_not_be_seen() -> None:
    at, other = builders.organization(), builders.organization()
    own, foreign = builders.encounter(at), builders.encounter(other)
    noor = builders.remote_coder(at)
    assert list(patient_headers(noor, [own, foreign])) == [own.pk]
    builders.agreement(at, "telecommuting", today())
    assert patient_headers(noor, [own, foreign]) == {}


@pytest.mark.parametrize(
    ("on", "age"), [(date(2026, 3, 3), 66), (date(2026, 3, 4), 67), (date(1959, 3, 4), 0), (date(1958, 1, 1), None)]
)
def test_the_age_is_that_of_the_day_of_service(on: date, age: int | None) -> None:
    at = builders.organization()
    manager = builders.person(Role.MANAGER, at=at, remote=False)
    assert patient_header(manager, builders.encounter(at, on=on)).age == age


def test_an_unknown_date_of_birth_is_no_age() -> None:
    at = builders.organization()
    visit = builders.encounter(at)
    visit.patient.birth_date_text = ""
    visit.patient.save()
    header = patient_header(builders.person(Role.MANAGER, at=at, remote=False), visit)
    assert (header.birth_date, header.age) == (None, None)
