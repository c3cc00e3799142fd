"""After a whole walk, from the chart to the claim in the outbox, no table holds a readable word of the patient."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from pytest_django import Settings

from charthouse.apps.accounts.models import Role
from charthouse.apps.billing.actions import send_claims
from charthouse.apps.billing.models import Claim
from charthouse.apps.charts.models import Document, Encounter
from charthouse.apps.coding import actions as coding
from charthouse.apps.core.fields import EncryptedField, Sealed
from charthouse.apps.exchange.actions import receive_file
from charthouse.apps.practice.actions import save_charge_item
from charthouse.apps.quality.actions import answer, raise_denial_finding
from charthouse.apps.worklists.actions import pull_next
from tests.apps import builders

pytestmark = pytest.mark.django_db

NOTE = """Patient: Quillfeather, Zebedee Thorncastle
MRN: MRN-77-XYZZY
Born: 1961-02-27
Sex: M
Address: 99 Plover Alley
City: MARLOW
State: VT
ZIP: 05001
Payer: Plugh Mutual
Member: PLUGH998877
Encounter: VISIT-FROBOZZ-1
Kind: visit
Date: 2026-11-18

=== Office note of Zebedee | progress-note | L. Varga DO | 2026-11-18T14:10 | signed
ASSESSMENT:
Type 2 diabetes with wobbling gaitfulness, chronic kidney disease stage 3a.
"""
PRICE = {"code": "G0463", "label": "Clinic visit", "price_cents": 100, "effective_from": date(2026, 1, 1)}
CANARIES = (
    "Quillfeather",
    "Zebedee",
    "Thorncastle",
    "XYZZY",
    "1961-02-27",
    "19610227",
    "Plover",
    "PLUGH998877",
    "FROBOZZ",
    "gaitfulness",
)


@pytest.fixture
def walked(settings: Settings, tmp_path: Path) -> Encounter:
    """A chart taken in, coded with evidence, undone, made final, claimed, sent and disputed."""
    settings.CHANNEL_DIR = tmp_path / "channels"
    where = builders.organization()
    payer = builders.payer(where, "Plugh Mutual")
    builders.billing_profile(where)
    save_charge_item(None, where, PRICE)
    noor = builders.coder(where)
    receive_file(None, where, "zebedee-quillfeather.txt", NOTE.encode())
    encounter = Encounter.objects.get()
    encounter.facility, encounter.provider = builders.facility(where), builders.provider(where)
    encounter.save()
    assert encounter.patient.coverages.get().payer == payer
    assert pull_next(noor).encounter == encounter
    session = coding.open_session(noor, encounter.uid)
    note = Document.objects.get()
    text = str(note.body[0]["text"])
    start = text.index("wobbling gaitfulness")
    passage = coding.Passage(note.uid, 0, start, start + 20, "wobbling gaitfulness")
    line = coding.add_diagnosis(noor, session.uid, "E11.22", evidence=passage)
    coding.remove_diagnosis(noor, line.uid)
    coding.undo(noor, session.uid)
    coding.add_diagnosis(noor, session.uid, "N18.31")
    coding.add_procedure(noor, session.uid, "G0463")
    session.refresh_from_db()
    summary = coding.finalise(noor, session.uid, session.revision)
    send_claims(builders.biller(where), [Claim.objects.get().uid])
    finding = raise_denial_finding(summary, source_key="d", code="G0463", reason="CO-50", message="Not covered.")
    answer(noor, finding.uid, False, "Zebedee Quillfeather has gaitfulness: see the note.")
    return encounter


def _rows() -> Iterator[tuple[str, tuple[object, ...]]]:
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield table, row


def _text(value: object) -> str:
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).decode("latin-1")
    return str(value)


def test_no_table_holds_a_readable_word_of_the_patient(walked: Encounter) -> None:
    assert walked.patient.family_name == "Quillfeather"
    found = {
        (table, canary)
        for table, row in _rows()
        for canary in CANARIES
        if canary.casefold() in " ".join(map(_text, row)).casefold()
    }
    assert found == set()


def test_every_encrypted_column_is_read_as_ciphertext_and_opens_again(walked: Encounter) -> None:
    opened = 0
    for model in apps.get_models():
        for field in (one for one in model._meta.get_fields() if isinstance(one, EncryptedField)):
            for stored in model._default_manager.values_list(field.attname, flat=True):
                assert stored is None or isinstance(stored, Sealed), f"{model._meta.label}.{field.name}"
                assert stored is None or bytes(stored).startswith(b"k1:")
            for row in model._default_manager.all():
                opened += getattr(row, field.attname) is not None
    assert opened > 20


def test_everything_that_may_name_a_patient_is_an_encrypted_column() -> None:
    encrypted = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, EncryptedField)
    }
    assert encrypted >= {
        "charts.Patient.mrn",
        "charts.Patient.family_name",
        "charts.Patient.given_name",
        "charts.Patient.middle_name",
        "charts.Patient.birth_date_text",
        "charts.Patient.address",
        "charts.Coverage.member_id",
        "charts.Coverage.group_number",
        "charts.Encounter.number",
        "charts.Encounter.title",
        "charts.Document.title",
        "charts.Document.body",
        "charts.Document.attachment",
        "charts.ClinicalFact.content",
        "coding.Evidence.quote",
        "coding.CodingChange.before",
        "coding.CodingSummary.content",
        "quality.CodingFinding.answer",
        "billing.ClaimVersion.content",
        "exchange.InboundFile.name",
        "exchange.InboundFile.content",
        "exchange.OutboundInterchange.content",
    }


def test_rows_say_what_they_are_without_saying_who(walked: Encounter) -> None:
    for model in apps.get_models():
        if model._meta.label in {"exchange.InboundFile"} or not model.__module__.startswith("charthouse."):
            continue
        for row in model._default_manager.all():
            assert not any(canary.casefold() in f"{row}{row!r}".casefold() for canary in CANARIES), model


def test_only_those_who_may_see_names_do(walked: Encounter) -> None:
    from charthouse.apps.charts.selectors import patient_headers

    auditor = builders.person(Role.AUDITOR, at=walked.organization, remote=False)
    biller = builders.biller(walked.organization)
    assert patient_headers(auditor, [walked]) == {}
    assert patient_headers(biller, [walked])[walked.pk].name == "Quillfeather, Zebedee T."
