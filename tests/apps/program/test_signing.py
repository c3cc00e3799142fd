"""Signing: who, what exactly, how it was made sure, and that it can never be changed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction

from charthouse.apps.accounts.models import Person, Role
from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.core.clock import now, today
from charthouse.apps.core.errors import ActionError, Conflict, Denied, Invalid
from charthouse.apps.program.actions import sign
from charthouse.apps.program.agreements import fingerprint, render, same_name
from charthouse.apps.program.models import AgreementVersion, Signature
from charthouse.apps.program.selectors import signature, signatures_of
from tests.apps import builders

pytestmark = pytest.mark.django_db


def signing(by: Person, on: AgreementVersion, **changes: Any) -> Signature:
    given: dict[str, Any] = {
        "typed_name": by.full_name,
        "consent": True,
        "reauthenticated_by": "totp",
        "address": "192.0.2.7",
        "device": "Test browser",
    }
    return sign(by, on, **{**given, **changes})


@pytest.fixture
def noor() -> Person:
    made = builders.person(name="Noor Háddad")
    builders.Membership.objects.create(person=made, organization=builders.organization(), role=Role.CODER)
    return made


@pytest.fixture
def text(noor: Person) -> AgreementVersion:
    return builders.agreement(noor.memberships.get().organization, "confidentiality")


def test_the_exact_text_is_kept_with_its_digest_time_address_and_device(noor: Person, text: AgreementVersion) -> None:
    signed = signing(noor, text)
    assert signed.rendered_text == render(text, noor)
    assert "Noor Háddad" in signed.rendered_text
    assert signed.rendered_sha256 == fingerprint(signed.rendered_text)
    assert abs(now() - signed.signed_at) < timedelta(minutes=1)
    assert (signed.address, signed.device, signed.reauthenticated_by) == ("192.0.2.7", "Test browser", "totp")


def test_the_audit_log_holds_the_digest(noor: Person, text: AgreementVersion) -> None:
    signed = signing(noor, text)
    event = AuditEvent.objects.get(verb="program.agreement.signed")
    assert event.object_id == str(signed.uid)
    assert event.detail["sha256"] == signed.rendered_sha256


@pytest.mark.parametrize("typed", ["noor haddad", "  NOOR   HÁDDAD ", "Noor Ha\u0301ddad"])
def test_accents_case_and_blanks_do_not_matter_in_the_typed_name(
    typed: str, noor: Person, text: AgreementVersion
) -> None:
    assert signing(noor, text, typed_name=typed).pk


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"typed_name": "Noor Hadad"}, "typed_name"),
        ({"typed_name": " "}, "typed_name"),
        ({"consent": False}, "consent"),
        ({"reauthenticated_by": ""}, "reauthenticated_by"),
        ({"signed_at": now() + timedelta(days=1)}, "signed_at"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_kept(
    changes: dict[str, Any], field: str, noor: Person, text: AgreementVersion
) -> None:
    with pytest.raises(Invalid) as error:
        signing(noor, text, **changes)
    assert error.value.field == field
    assert not Signature.objects.exists()
    assert not AuditEvent.objects.filter(verb="program.agreement.signed").exists()


def test_a_version_is_signed_once(noor: Person, text: AgreementVersion) -> None:
    signing(noor, text)
    with pytest.raises(Conflict, match="already"):
        signing(noor, text)
    assert Signature.objects.count() == 1


def test_a_text_no_longer_or_not_yet_in_force_cannot_be_signed(noor: Person, text: AgreementVersion) -> None:
    newer = builders.agreement(text.organization, "confidentiality", today())
    future = builders.agreement(text.organization, "confidentiality", today() + timedelta(days=9))
    for other in (text, future):
        with pytest.raises(Conflict, match="Another version"):
            signing(noor, other)
    assert signing(noor, newer).agreement == newer


def test_a_past_signature_is_on_the_text_of_its_day(noor: Person, text: AgreementVersion) -> None:
    builders.agreement(text.organization, "confidentiality", today())
    moment = now() - timedelta(days=30)
    assert signing(noor, text, signed_at=moment).signed_at == moment


def test_strangers_and_people_switched_off_cannot_sign(noor: Person, text: AgreementVersion) -> None:
    with pytest.raises(Denied):
        signing(builders.person(Role.CODER), text)
    noor.is_active = False
    with pytest.raises(Denied):
        signing(noor, text)


def test_a_signature_cannot_be_changed_or_deleted(noor: Person, text: AgreementVersion) -> None:
    signed = signing(noor, text)
    for tamper in (
        lambda: Signature.objects.filter(pk=signed.pk).update(typed_name="X"),
        signed.delete,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            tamper()
    assert Signature.objects.get().typed_name == "Noor Háddad"


def test_a_signature_is_read_by_its_signer_and_by_those_who_keep_the_register(
    noor: Person, text: AgreementVersion
) -> None:
    signed = signing(noor, text)
    at = text.organization
    assert signature(noor, signed.uid) == signed
    assert signature(builders.person(Role.COMPLIANCE, at=at), signed.uid) == signed
    for other in (builders.person(Role.CODER, at=at), builders.person(Role.COMPLIANCE)):
        with pytest.raises(ActionError):
            signature(other, signed.uid)
    assert list(signatures_of(noor)) == [signed]


@time_machine.travel("2026-11-24T03:30:00Z", tick=False)
def test_the_day_of_a_signature_is_the_day_where_the_organization_is(noor: Person) -> None:
    at = noor.memberships.get().organization
    in_force = builders.agreement(at, "telecommuting", date(2026, 11, 23))
    builders.agreement(at, "telecommuting", date(2026, 11, 24))
    assert signing(noor, in_force).agreement == in_force


@pytest.mark.parametrize(("typed", "record"), [("", ""), ("Ann", "Anna"), ("Ann B", "B Ann")])
def test_other_names_are_other_names(typed: str, record: str) -> None:
    assert not same_name(typed, record)
