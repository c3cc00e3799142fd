"""Encrypted fields are ciphertext in the database, bound to their place, and found only by the blind index."""

from __future__ import annotations

import pytest
from django.db import connection

from charthouse.apps.charts.models import Patient
from charthouse.apps.core.cipher import CipherError, blind_index, decrypt, encrypt
from tests.apps import builders

pytestmark = pytest.mark.django_db


def _stored(patient: Patient, column: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM charts_patient WHERE id = %s", [patient.pk])
        return bytes(cursor.fetchone()[0])


def test_it_works() -> None:
    patient = builders.patient(builders.organization(), "Delacroix")
    assert Patient.objects.get(pk=patient.pk).family_name == "Delacroix"


def test_nothing_readable_is_in_the_database() -> None:
    patient = builders.patient(builders.organization(), "Delacroix")
    assert b"Delacroix" not in _stored(patient, "family_name")
    assert b"TEST WAY" not in _stored(patient, "address")


def test_equal_values_are_stored_differently() -> None:
    where = builders.organization()
    stored = {_stored(builders.patient(where, "Same"), "family_name") for _ in range(3)}
    assert len(stored) == 3


def test_a_value_moved_to_another_row_cannot_be_read() -> None:
    where = builders.organization()
    one, other = builders.patient(where), builders.patient(where)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE charts_patient SET family_name = "
            "(SELECT family_name FROM charts_patient WHERE id = %s) WHERE id = %s",
            [one.pk, other.pk],
        )
    with pytest.raises(CipherError, match="cannot be decrypted"):
        _ = Patient.objects.get(pk=other.pk).family_name


def test_saving_an_unread_row_keeps_its_values() -> None:
    patient = builders.patient(builders.organization(), "Kept")
    again = Patient.objects.get(pk=patient.pk)
    again.sex = "M"
    again.save()
    assert Patient.objects.get(pk=patient.pk).family_name == "Kept"


def test_a_changed_value_is_saved() -> None:
    patient = builders.patient(builders.organization(), "Before")
    patient.family_name = "After"
    patient.save()
    assert Patient.objects.get(pk=patient.pk).family_name == "After"


def test_a_deferred_value_is_fetched_when_read() -> None:
    patient = builders.patient(builders.organization(), "Deferred")
    assert Patient.objects.defer("family_name").get(pk=patient.pk).family_name == "Deferred"


def test_an_encrypted_column_cannot_be_filtered_or_updated_in_bulk() -> None:
    builders.patient(builders.organization())
    with pytest.raises(TypeError, match="encrypted"):
        Patient.objects.filter(family_name="Okafor").exists()
    with pytest.raises(TypeError, match="encrypted"):
        Patient.objects.update(family_name="Okafor")


def test_ciphertext_is_bound_to_its_place_and_key() -> None:
    sealed = encrypt(b"secret", "a.b.1")
    assert decrypt(sealed, "a.b.1") == b"secret"
    for bad in (sealed[:-1] + bytes([sealed[-1] ^ 1]), b"k9:" + sealed[3:], b"", b"k1:short"):
        with pytest.raises(CipherError):
            decrypt(bad, "a.b.1")
    with pytest.raises(CipherError):
        decrypt(sealed, "a.b.2")


def test_the_blind_index_folds_case_and_blanks_and_keeps_purposes_apart() -> None:
    assert blind_index(" mrn  1 ", "mrn") == blind_index("MRN 1", "mrn")
    assert blind_index("1", "mrn") != blind_index("1", "member")
    assert blind_index("1", "mrn") != "1"
