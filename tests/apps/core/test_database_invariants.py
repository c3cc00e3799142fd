"""What must never be twice is refused by the database itself, also when a row is written past every action."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError

from charthouse.apps.accounts.models import Membership, Organization, Person, Role
from charthouse.apps.billing.models import Claim, ClaimLine, ClaimVersion
from charthouse.apps.charts.models import Document, DocumentSeen, Encounter, Patient
from charthouse.apps.coding.models import CodingSession, CodingSummary, DiagnosisLine, Pointer, ProcedureLine
from charthouse.apps.core.clock import now
from charthouse.apps.core.models import Record
from charthouse.apps.practice.models import BillingProfile, ChargeItem, Facility, Payer, Provider
from charthouse.apps.program.models import AgreementKind, AgreementVersion, Signature
from charthouse.apps.quality.models import CodingFinding
from charthouse.apps.worklists.models import WorkItem
from tests.apps import builders

pytestmark = pytest.mark.django_db
Write = Callable[[Organization], object]


def _again(row: models.Model, **changes: object) -> None:
    """Write the same row once more, past its model."""
    row.pk = None
    row._state.adding = True
    if isinstance(row, Record):
        row.uid = Record._meta.get_field("uid").get_default()
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(force_insert=True)


def _summary(at: Organization) -> CodingSummary:
    return builders.coding_summary(builders.billable(at), builders.service("G0463"))


def _session(at: Organization) -> CodingSession:
    return CodingSession.objects.create(encounter=builders.encounter(at), coder=builders.coder(at), opened_at=now())


def _pointer(at: Organization) -> Pointer:
    session = _session(at)
    diagnosis = DiagnosisLine.objects.create(session=session, position=1, code="I10")
    procedure = ProcedureLine.objects.create(session=session, position=1, code="G0463", service_date=date(2026, 11, 18))
    return Pointer.objects.create(procedure=procedure, diagnosis=diagnosis, rank=1)


def _finding(at: Organization) -> CodingFinding:
    summary = _summary(at)
    return CodingFinding.objects.create(
        summary=summary,
        coder=summary.coder,
        source="denial",
        source_key="d-1",
        code="I10",
        reason="CO-50",
        message="No.",
    )


def _seen(at: Organization) -> DocumentSeen:
    note = builders.document(builders.encounter(at))
    return DocumentSeen.objects.create(person=builders.coder(at), document=note, at=now())


TWICE: dict[str, Callable[[Organization], models.Model]] = {
    "a slug": lambda at: at,
    "an e-mail address": builders.coder,
    "a role in an organization": lambda at: builders.coder(at).memberships.get(),
    "a billing profile": builders.billing_profile,
    "a facility's name": builders.facility,
    "a provider's NPI": builders.provider,
    "a payer's id": builders.payer,
    "a price from a day": lambda at: builders.charge_item(at, "G0463"),
    "a text of a version": lambda at: builders.agreement(at, "telecommuting"),
    "a signature on a version": lambda at: builders.signature(
        builders.coder(at), builders.agreement(at, "telecommuting")
    ),
    "a patient's record number": builders.patient,
    "an encounter's number": builders.encounter,
    "a document's key": lambda at: builders.document(builders.encounter(at)),
    "a last reading": _seen,
    "a work item": lambda at: builders.work_item(builders.encounter(at)),
    "an open session": _session,
    "a pointer to a diagnosis": _pointer,
    "a summary's version": _summary,
    "a finding of one denial": _finding,
    "a claim's number": builders.claim,
    "a version of a claim": lambda at: builders.claim(at).versions.get(),
    "a control of a line": lambda at: builders.claim(at).versions.get().lines.all()[0],
}


@pytest.mark.parametrize("what", TWICE)
def test_the_database_refuses_it_twice(what: str) -> None:
    row = TWICE[what](builders.organization())
    with pytest.raises(IntegrityError), transaction.atomic():
        _again(row)


def test_a_uid_is_never_given_twice() -> None:
    at = builders.organization()
    patient = builders.patient(at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Patient.objects.create(
            organization=at, uid=patient.uid, mrn="2", mrn_index="2", family_name="A", given_name="B", address={}
        )


def test_every_identified_row_has_a_unique_uid() -> None:
    for model in apps.get_models():
        if issubclass(model, Record):
            assert model._meta.get_field("uid").unique, model
            assert not model._meta.get_field("uid").editable, model


ALLOWED: dict[str, Write] = {
    "a second session once the first is final": lambda at: _again(_final(_session(at)), state="open"),
    "the same number in another organization": lambda at: _again(
        builders.patient(at), organization=builders.organization()
    ),
    "the same visit number of another patient": lambda at: _again(builders.encounter(at), patient=builders.patient(at)),
    "another role of the same person": lambda at: _again(builders.coder(at).memberships.get(), role=Role.AUDITOR),
    "a price from another day": lambda at: _again(builders.charge_item(at, "G0463"), effective_from=date(2026, 1, 1)),
    "the next version of a text": lambda at: _again(builders.agreement(at, "telecommuting"), version=2),
    "the other kind of agreement": lambda at: _again(
        builders.agreement(at, "telecommuting"), kind=AgreementKind.CONFIDENTIALITY
    ),
    "the next version of a claim": lambda at: _again(builders.claim(at).versions.get(), version=2),
}


def _final(session: CodingSession) -> CodingSession:
    CodingSession.objects.filter(pk=session.pk).update(state="final")
    return session


@pytest.mark.parametrize("what", ALLOWED)
def test_what_only_looks_like_twice_is_allowed(what: str) -> None:
    ALLOWED[what](builders.organization())


def _held(at: Organization) -> Person:
    noor = builders.coder(at)
    builders.assigned(builders.encounter(at), noor)
    return noor


def _payer(claim: Claim) -> Payer:
    assert claim.payer
    return claim.payer


def _provider(encounter: Encounter) -> Provider:
    assert encounter.provider
    return encounter.provider


def _signed(at: Organization) -> Signature:
    return builders.signature(builders.coder(at), builders.agreement(at, "telecommuting"))


def _evidence(at: Organization) -> Document:
    session = _session(at)
    note = builders.document(session.encounter)
    line = DiagnosisLine.objects.create(session=session, position=1, code="I10")
    session.evidence.create(diagnosis=line, document=note, section=0, start=0, end=7, quote="Patient")
    return note


PROTECTED: dict[str, Callable[[Organization], models.Model]] = {
    "an organization with people": lambda at: builders.coder(at).memberships.get().organization,
    "an organization with patients": lambda at: builders.patient(at).organization,
    "a coder with final work": lambda at: _summary(at).coder,
    "a coder with work in hand": _held,
    "an encounter with coding": lambda at: _session(at).encounter,
    "a summary with a claim": lambda at: builders.claim(at).summary,
    "a claim with versions": builders.claim,
    "a version with lines": lambda at: builders.claim(at).versions.get(),
    "a payer of a claim": lambda at: _payer(builders.claim(at)),
    "a channel of a payer": lambda at: builders.payer(at).channel,
    "a provider of an encounter": lambda at: _provider(builders.encounter(at)),
    "a signed agreement": lambda at: _signed(at).agreement,
    "a person who signed": lambda at: _signed(at).person,
    "a document that is evidence": _evidence,
}


@pytest.mark.parametrize("what", PROTECTED)
def test_what_something_else_stands_on_cannot_be_deleted(what: str) -> None:
    row = PROTECTED[what](builders.organization())
    with pytest.raises(ProtectedError):
        row.delete()


def test_states_that_no_claim_ever_has_do_not_fit_their_column() -> None:
    longest = {
        model._meta.label: max(len(value) for value, _ in field.choices or [("", "")])
        for model, field in (
            (Claim, Claim._meta.get_field("state")),
            (WorkItem, WorkItem._meta.get_field("state")),
            (CodingSession, CodingSession._meta.get_field("state")),
            (Membership, Membership._meta.get_field("role")),
            (AgreementVersion, AgreementVersion._meta.get_field("kind")),
            (CodingFinding, CodingFinding._meta.get_field("state")),
        )
    }
    for model in (Claim, WorkItem, CodingSession, CodingFinding):
        assert longest[model._meta.label] <= (model._meta.get_field("state").max_length or 0)
    assert longest["accounts.Membership"] <= (Membership._meta.get_field("role").max_length or 0)


def test_money_is_whole_cents_in_every_table() -> None:
    for model in (ChargeItem, Claim, ClaimVersion, ClaimLine):
        for field in model._meta.get_fields():
            if field.name.endswith("_cents"):
                assert isinstance(field, models.BigIntegerField), f"{model} {field.name}"
    fractions = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if model.__module__.startswith("charthouse.") and isinstance(field, models.FloatField | models.DecimalField)
    ]
    assert fractions == []


def test_master_data_is_always_somebodys() -> None:
    for model in (BillingProfile, Facility, Provider, Payer, ChargeItem, Patient, Encounter, Claim):
        assert not model._meta.get_field("organization").null, model
