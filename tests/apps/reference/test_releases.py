"""Releases are withdrawn and put back by those who look after code sets, with a reason, and the log knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from charthouse.apps.accounts.models import Role
from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.core.errors import Denied, Invalid
from charthouse.apps.reference.actions import load_now, restore, withdraw
from charthouse.apps.reference.policies import may_manage_code_sets
from charthouse.apps.reference.selectors import code_book
from charthouse.engines.codesets.loading import Given
from charthouse.kit import Code, CodeSystem, Refused
from tests.apps import builders
from tests.apps.reference.shelves import DAY, hcpcs_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_folder")]


@pytest.fixture
def uid(shelf_folder: Path, tmp_path: Path) -> str:
    (report,) = load_now([hcpcs_file(tmp_path)], Given())
    return report.releases[0].uid


def is_valid() -> bool:
    return code_book().is_valid(Code(CodeSystem.HCPCS, "Z1234"), DAY).is_valid


def test_a_withdrawn_release_no_longer_answers_until_it_is_put_back(uid: str) -> None:
    keeper = builders.person(Role.MANAGER)
    assert is_valid()
    withdraw(keeper, uid, "wrong quarter")
    assert not is_valid()
    restore(keeper, uid, "it was right")
    assert is_valid()
    told = AuditEvent.objects.filter(verb__startswith="reference.release.").order_by("id")
    assert [(one.verb, one.reason) for one in told] == [
        ("reference.release.withdrawn", "wrong quarter"),
        ("reference.release.restored", "it was right"),
    ]


def test_a_coder_may_not(uid: str) -> None:
    with pytest.raises(Denied):
        withdraw(builders.person(Role.CODER), uid, "because")
    assert is_valid()


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_reason_is_needed(uid: str, reason: str) -> None:
    with pytest.raises(Invalid):
        withdraw(None, uid, reason)


def test_what_is_not_there_leaves_no_event(uid: str) -> None:
    with pytest.raises(Refused):
        withdraw(None, "nothing", "because")
    assert not AuditEvent.objects.filter(verb="reference.release.withdrawn").exists()


def test_a_second_release_takes_the_place_of_a_withdrawn_one(uid: str, tmp_path: Path) -> None:
    withdraw(None, uid, "wrong")
    list(load_now([hcpcs_file(tmp_path, "Z1234", "Z1235")], Given()))
    with pytest.raises(Refused):
        restore(None, uid, "back")


@pytest.mark.parametrize(("role", "may"), [(Role.IT_ADMIN, True), (Role.MANAGER, True), (Role.CODER, False)])
def test_who_looks_after_code_sets(role: Role, may: bool) -> None:
    person = builders.person(role)
    assert may_manage_code_sets(person) is may
    person.is_active = False
    assert not may_manage_code_sets(person)
