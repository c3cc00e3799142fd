"""Uploading charts: each file is taken or refused by itself, with its reason."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from charthouse.apps.accounts.models import Organization, Role
from charthouse.apps.charts.models import Patient
from charthouse.apps.exchange.models import InboundFile
from tests.apps import builders
from tests.web.clients import signed_in

pytestmark = pytest.mark.django_db

NOTE = b"""Patient: Okafor, Maren
MRN: 004-418-27
Born: 1959-03-04
Sex: F
Encounter: HP-26-1
Kind: visit
Date: 2026-11-18

=== Visit note | progress-note | R. Adeyemi MD | 2026-11-18T14:10 | signed
ASSESSMENT:
Type 2 diabetes, well controlled.
"""


@pytest.fixture
def where() -> Organization:
    return builders.organization()


@pytest.fixture
def client(where: Organization) -> Client:
    return signed_in(builders.person(Role.IT_ADMIN, at=where, remote=False))


def _upload(client: Client, *files: tuple[str, bytes]):  # noqa: ANN202 - a test client's answer
    return client.post(reverse("exchange:inbox"), {"files": [SimpleUploadedFile(*file) for file in files]})


def test_it_works(client: Client, where: Organization) -> None:
    answer = _upload(client, ("note.txt", NOTE))
    assert answer.status_code == 200
    assert "note.txt was taken" in answer.content.decode()
    assert Patient.objects.filter(organization=where).count() == 1


def test_each_file_is_judged_by_itself(client: Client) -> None:
    answer = _upload(client, ("note.txt", NOTE), ("broken.xml", b"<ClinicalDocument"), ("empty.txt", b""))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "note.txt was taken" in page
    assert "broken.xml was refused" in page
    outcomes = InboundFile.objects.order_by("id").values_list("outcome", flat=True)
    assert list(outcomes) == ["taken", "refused", "refused"]


def test_the_same_file_again_changes_nothing(client: Client) -> None:
    _upload(client, ("note.txt", NOTE))
    assert "taken before" in _upload(client, ("renamed.txt", NOTE)).content.decode()
    assert Patient.objects.count() == 1


def test_no_file_is_said(client: Client) -> None:
    answer = client.post(reverse("exchange:inbox"))
    assert answer.status_code == 400
    assert "Choose at least one file" in answer.content.decode()


def test_a_body_that_is_too_large_is_refused_unread(settings: Settings) -> None:
    from charthouse.web.middleware.uploads import upload_limit

    def never(request: object) -> None:
        pytest.fail("the view was reached")

    request = RequestFactory().post("/intake/", CONTENT_LENGTH=str(200 * 1024 * 1024))
    answer = upload_limit(never)(request)  # type: ignore[arg-type]
    assert answer.status_code == 413
    assert b"intake.too-large" in answer.content


def test_markup_in_a_note_and_in_a_file_name_stays_text(client: Client) -> None:
    evil = NOTE.replace(b"Type 2", b"<script>alert(1)</script>Type 2")
    page = _upload(client, ("<img src=x onerror=alert(1)>.txt", evil)).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
