"""Every refusal of the program has its code, its field and its way on; nothing is kept and nothing recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from charthouse.apps.accounts.models import Organization, Person, Role
from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.core.clock import now, today
from charthouse.apps.core.errors import ActionError, Conflict, Denied, Invalid
from charthouse.apps.program.actions import publish_agreement, publish_shipped_texts, sign
from charthouse.apps.program.agreements import fingerprint, reading_minutes, render, same_name
from charthouse.apps.program.gate import RULE, check
from charthouse.apps.program.models import AgreementKind, AgreementVersion, Signature
from charthouse.apps.program.selectors import register, signature, signatures_of, verify_signatures
from tests.apps import builders

pytestmark = pytest.mark.django_db
PARTS: list[dict[str, Any]] = [{"title": "T", "clauses": [{"key": "A1", "heading": "H", "text": "I, {person}."}]}]


@pytest.fixture
def at() -> Organization:
    """An organization."""
    return builders.organization()


@pytest.fixture
def noor(at: Organization) -> Person:
    """A remote coder."""
    return builders.person(Role.CODER, at=at, name="Noor Haddad")


@pytest.fixture
def text(at: Organization) -> AgreementVersion:
    """A text in force."""
    return builders.agreement(at, "telecommuting")


def signing(person: Person, on: AgreementVersion, **changes: Any) -> Signature:
    given = {
        "typed_name": person.full_name,
        "consent": True,
        "reauthenticated_by": "password",
        "address": "192.0.2.7",
        "device": "Test browser",
    }
    return sign(person, on, **(given | changes))


@pytest.mark.parametrize(
    ("changes", "kind", "code", "field", "mend"),
    [
        ({"consent": False}, Invalid, "program.no-consent", "consent", ""),
        ({"typed_name": "N. Haddad"}, Invalid, "program.other-name", "typed_name", "Noor Haddad."),
        ({"typed_name": ""}, Invalid, "program.other-name", "typed_name", "Noor Haddad."),
        ({"reauthenticated_by": " "}, Invalid, "program.not-confirmed", "reauthenticated_by", ""),
        ({"signed_at": now() + timedelta(days=1)}, Invalid, "program.future", "signed_at", ""),
        ({"signed_at": now() - timedelta(days=3650)}, Conflict, "program.not-current", "", "Open the agreement again."),
    ],
)
def test_a_signature_that_cannot_be_taken(
    changes: dict[str, Any],
    kind: type[ActionError],
    code: str,
    field: str,
    mend: str,
    noor: Person,
    text: AgreementVersion,
) -> None:
    events = AuditEvent.objects.count()
    with pytest.raises(kind) as refused:
        signing(noor, text, **changes)
    assert (refused.value.code, getattr(refused.value, "field", "")) == (code, field)
    assert refused.value.mend.endswith(mend)
    assert not Signature.objects.exists()
    assert AuditEvent.objects.count() == events


def test_a_second_signature_is_refused_and_the_first_stands(noor: Person, text: AgreementVersion) -> None:
    first = signing(noor, text)
    with pytest.raises(Conflict) as refused:
        signing(noor, text)
    assert refused.value.code == "program.signed-already"
    assert Signature.objects.get() == first
    assert AuditEvent.objects.filter(verb="program.agreement.signed").count() == 1


def test_a_signature_is_one_event_with_the_digest_and_no_text(noor: Person, text: AgreementVersion) -> None:
    signed = signing(noor, text)
    event = AuditEvent.objects.get(verb="program.agreement.signed")
    assert (event.object_type, event.object_id) == ("program.Signature", str(signed.uid))
    assert event.detail == {"kind": "telecommuting", "version": 1, "sha256": fingerprint(signed.rendered_text)}
    assert event.subject == ""


@pytest.mark.parametrize(
    ("kind", "parts", "code", "field"),
    [
        ("something", PARTS, "program.kind", "kind"),
        ("", PARTS, "program.kind", "kind"),
        ("telecommuting", [], "program.no-clauses", "parts"),
        ("telecommuting", [{"title": "T", "clauses": []}], "program.no-clauses", "parts"),
        ("telecommuting", [{"title": "T", "clauses": [{"key": "a", "text": " "}]}], "program.no-clauses", "parts"),
    ],
)
def test_a_text_that_cannot_be_published(
    kind: str, parts: list[dict[str, Any]], code: str, field: str, at: Organization
) -> None:
    with pytest.raises(Invalid) as refused:
        publish_agreement(None, at, kind, parts, "Title", "", today())
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not AgreementVersion.objects.exists()


def test_a_text_cannot_be_backdated_before_the_one_it_follows(at: Organization, text: AgreementVersion) -> None:
    earlier = text.effective_from - timedelta(days=1)
    with pytest.raises(Invalid) as refused:
        publish_agreement(None, at, "telecommuting", PARTS, "Title", "", earlier)
    assert (refused.value.code, refused.value.field) == ("program.effective-too-early", "effective_from")
    assert "version 1" in refused.value.message


@pytest.mark.parametrize("role", Role)
def test_who_publishes(role: Role, at: Organization) -> None:
    person, stranger = builders.person(role, at=at), builders.person(role)

    def publish(who: Person) -> AgreementVersion:
        return publish_agreement(who, at, "telecommuting", PARTS, "Title", "", date(2026, 1, 5))

    with pytest.raises(Denied):
        publish(stranger)
    if role in {Role.COMPLIANCE, Role.HR}:
        assert publish(person).version == 1
        event = AuditEvent.objects.get()
        assert (event.verb, event.detail) == ("program.agreement.published", {"kind": "telecommuting", "version": 1})
    else:
        with pytest.raises(Denied):
            publish(person)
        assert not AuditEvent.objects.exists()


def test_the_shipped_texts_are_published_once(at: Organization) -> None:
    first = publish_shipped_texts(at)
    assert {text.kind for text in first} == set(AgreementKind.values)
    assert [text.pk for text in publish_shipped_texts(at)] == [text.pk for text in first]
    assert AuditEvent.objects.count() == len(AgreementKind)


def test_the_same_person_is_shown_the_same_text_to_the_letter(noor: Person, text: AgreementVersion) -> None:
    again = AgreementVersion.objects.get(pk=text.pk)
    assert render(text, noor) == render(again, Person.objects.get(pk=noor.pk))
    assert "{" not in render(text, noor)
    assert reading_minutes(text) == 1


def test_a_name_changed_later_leaves_the_signed_text_alone(noor: Person, text: AgreementVersion) -> None:
    signed = signing(noor, text)
    noor.full_name = "Noor Haddad-Lund"
    noor.save()
    assert "Noor Haddad," in Signature.objects.get(pk=signed.pk).rendered_text
    assert verify_signatures() == []


@pytest.mark.parametrize(
    ("typed", "same"),
    [("NOOR HADDAD", True), (" Noor  Haddad ", True), ("Nóór Haddad", True), ("Noor", False), ("", False), ("́", False)],
)
def test_names_as_they_are_typed(typed: str, same: bool) -> None:
    assert same_name(typed, "Noor Haddad") is same


def test_unknown_signatures_and_foreign_ones_sound_the_same(noor: Person, text: AgreementVersion) -> None:
    signed = signing(noor, text)
    told = set()
    for person, uid in (
        (noor, uuid4()),
        (builders.person(Role.CODER, at=text.organization), signed.uid),
        (builders.person(Role.COMPLIANCE), signed.uid),
    ):
        with pytest.raises(Denied) as refused:
            signature(person, uid)
        told.add((refused.value.message, refused.value.code))
    assert len(told) == 1
    assert list(signatures_of(noor)) == [signed]
    assert list(signatures_of(builders.person())) == []


def test_the_register_is_of_ones_own_organizations(at: Organization, noor: Person) -> None:
    builders.person(Role.CODER, name="Somebody Elsewhere")
    rows = register(builders.person(Role.COMPLIANCE, at=at, remote=False))
    assert {row.person for row in rows} == {noor}
    assert {row.kind for row in rows} == set(AgreementKind)
    assert not any(row.is_current for row in rows)


GATES: list[tuple[str, Callable[[Organization, Person], object], list[str]]] = [
    (
        "nothing published",
        lambda at, noor: None,
        ["program.unpublished-telecommuting", "program.unpublished-confidentiality"],
    ),
    (
        "nothing signed",
        lambda at, noor: [builders.agreement(at, kind) for kind in AgreementKind.values],
        ["program.unsigned-telecommuting", "program.unsigned-confidentiality"],
    ),
    ("all signed", lambda at, noor: builders.open_gate(noor, at), []),
    ("switched off", lambda at, noor: Person.objects.update(is_active=False), ["program.inactive"]),
    ("no role", lambda at, noor: noor.memberships.all().delete(), ["program.no-role"]),
]


@pytest.mark.parametrize(("name", "prepare", "codes"), GATES, ids=[gate[0] for gate in GATES])
def test_the_gate_says_each_thing_that_is_missing(
    name: str, prepare: Callable[[Organization, Person], object], codes: list[str], at: Organization, noor: Person
) -> None:
    prepare(at, noor)
    decision = check(Person.objects.get(pk=noor.pk), at.pk)
    assert [reason.code for reason in decision.reasons] == codes
    assert decision.open is (not codes)
    for reason in decision.reasons:
        assert reason.rule == RULE
        assert reason.title
        assert reason.why.endswith(".")
        assert reason.who.endswith(".")
        assert bool(reason.mend_route) == reason.code.startswith("program.unsigned-")
