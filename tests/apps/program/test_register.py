"""The register of signatures, and the check that none was changed behind the application's back."""

from __future__ import annotations

import pytest
from django.db import connection

from charthouse.apps.accounts.models import Role
from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.core.append_only import protect, unprotect
from charthouse.apps.core.clock import today
from charthouse.apps.core.errors import Denied
from charthouse.apps.program.agreements import fingerprint
from charthouse.apps.program.models import Signature
from charthouse.apps.program.selectors import register, verify_signatures
from tests.apps import builders

pytestmark = pytest.mark.django_db


def test_it_lists_every_remote_person_and_both_agreements() -> None:
    at = builders.organization()
    officer = builders.person(Role.COMPLIANCE, at=at, remote=False)
    noor = builders.remote_coder(at)
    builders.person(Role.CODER, at=at, name="Unsigned Yet")
    builders.remote_coder(builders.organization(), name="Somebody Elsewhere")
    rows = register(officer)
    assert [(row.person.full_name, row.kind.value, row.is_current) for row in rows] == [
        ("Noor Haddad", "telecommuting", True),
        ("Noor Haddad", "confidentiality", True),
        ("Unsigned Yet", "telecommuting", False),
        ("Unsigned Yet", "confidentiality", False),
    ]
    assert rows[0].signature is not None
    assert rows[0].signature.person == noor


def test_a_new_text_makes_old_signatures_outdated_but_still_shown() -> None:
    at = builders.organization()
    officer = builders.person(Role.HR, at=at, remote=False)
    builders.remote_coder(at)
    builders.agreement(at, "telecommuting", today())
    row = register(officer)[0]
    assert row.signature is not None
    assert row.agreement is not None
    assert (row.signature.agreement.version, row.agreement.version, row.is_current) == (1, 2, False)


@pytest.mark.parametrize("role", [Role.CODER, Role.BILLER, Role.AUDITOR, Role.PROVIDER])
def test_it_is_closed_to_the_others(role: Role) -> None:
    with pytest.raises(Denied):
        register(builders.person(role, at=builders.organization()))


def test_signatures_hold_also_after_the_text_has_changed() -> None:
    at = builders.organization()
    noor = builders.remote_coder(at)
    builders.signature(noor, builders.agreement(at, "confidentiality", today()))
    noor.full_name = "Noor Haddad-Okoye"
    noor.save()
    assert verify_signatures() == []


def tamper(sql: str, values: list[object]) -> None:
    """Change a row as somebody with the database password could."""
    unprotect("program_signature")
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
    protect("program_signature")


def test_a_changed_text_is_found() -> None:
    builders.remote_coder(builders.organization())
    first = Signature.objects.earliest("id")
    tamper("UPDATE program_signature SET rendered_text = 'I promise nothing.' WHERE id = %s", [first.pk])
    (problem,) = verify_signatures()
    assert problem.signature_uid == str(first.uid)
    assert "text" in problem.reason


def test_a_changed_text_with_a_matching_digest_is_found_by_the_audit_log() -> None:
    builders.remote_coder(builders.organization())
    first = Signature.objects.earliest("id")
    sql = "UPDATE program_signature SET rendered_text = %s, rendered_sha256 = %s WHERE id = %s"
    tamper(sql, ["I promise nothing.", fingerprint("I promise nothing."), first.pk])
    (problem,) = verify_signatures()
    assert "audit log names another text" in problem.reason


def test_a_signature_nobody_gave_is_found() -> None:
    at = builders.organization()
    noor = builders.remote_coder(at)
    text = builders.agreement(at, "telecommuting", today())
    forged = Signature.objects.create(
        person=noor,
        agreement=text,
        typed_name="Noor Haddad",
        rendered_text="x",
        rendered_sha256=fingerprint("x"),
        signed_at=text.created_at,
        reauthenticated_by="password",
    )
    assert not AuditEvent.objects.filter(object_id=str(forged.uid)).exists()
    (problem,) = verify_signatures()
    assert "knows nothing" in problem.reason
