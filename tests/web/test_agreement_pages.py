"""Reading and signing agreements, the signed copy, the register."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from charthouse.apps.accounts.models import Organization, Person, Role
from charthouse.apps.program.actions import publish_agreement
from charthouse.apps.program.gate import check
from charthouse.apps.program.models import Signature
from tests.apps import builders
from tests.web.clients import PASSWORD, signed_in

pytestmark = pytest.mark.django_db

PARTS = [{"title": "The home office", "clauses": [{"key": "B1", "heading": "Where", "text": "I work as {person}."}]}]


@pytest.fixture
def where() -> Organization:
    made = builders.organization()
    for kind, title in (("telecommuting", "Telecommuting agreement"), ("confidentiality", "Confidentiality agreement")):
        publish_agreement(None, made, kind, PARTS, title, "", date(2026, 1, 5))
    return made


@pytest.fixture
def noor(where: Organization) -> Person:
    return builders.person(Role.CODER, at=where, name="Noor Haddad")


def _sign(client: Client, kind: str, **changes: str):  # noqa: ANN202 - a test client's answer
    given = {"consent": "yes", "typed_name": "noor  haddad", "secret": PASSWORD, **changes}
    return client.post(reverse("program:agreement", args=[kind]), given)


def test_it_works(where: Organization, noor: Person) -> None:
    client = signed_in(noor)
    page = client.get(reverse("program:gate")).content.decode()
    assert "You cannot open charts yet" in page
    assert "I work as Noor Haddad." in client.get(reverse("program:agreement", args=["telecommuting"])).content.decode()
    for kind in ("telecommuting", "confidentiality"):
        assert _sign(client, kind)["Location"] == reverse("program:gate")
    assert "You may open charts" in client.get(reverse("program:gate")).content.decode()
    assert check(noor, where.pk).open


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"consent": ""}, "Tick that you agree"),
        ({"typed_name": "Somebody Else"}, "not the name on your record"),
        ({"secret": "wrong"}, "Confirm that it is you"),
    ],
)
def test_a_signature_that_lacks_something_is_refused_in_words(noor: Person, change: dict[str, str], words: str) -> None:
    answer = _sign(signed_in(noor), "confidentiality", **change)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not Signature.objects.exists()


def test_signing_twice_is_a_conflict(noor: Person) -> None:
    client = signed_in(noor)
    _sign(client, "confidentiality")
    assert _sign(client, "confidentiality").status_code == 409
    assert Signature.objects.count() == 1


def test_an_unknown_agreement_is_not_found(noor: Person) -> None:
    assert signed_in(noor).get(reverse("program:agreement", args=["dress-code"])).status_code == 404


def test_a_copy_is_for_its_signer_and_for_who_keeps_the_register(where: Organization, noor: Person) -> None:
    _sign(signed_in(noor), "confidentiality")
    copy = reverse("program:signature", args=[Signature.objects.get().uid])
    page = signed_in(noor).get(copy).content.decode()
    assert "I work as Noor Haddad." in page
    assert Signature.objects.get().rendered_sha256 in page
    assert signed_in(builders.person(Role.HR, at=where)).get(copy).status_code == 200
    assert signed_in(builders.person(Role.CODER, at=where)).get(copy).status_code == 404
    assert signed_in(builders.person(Role.HR)).get(copy).status_code == 404


def test_the_register_names_who_is_missing(where: Organization, noor: Person) -> None:
    _sign(signed_in(noor), "confidentiality")
    page = signed_in(builders.person(Role.COMPLIANCE, at=where, remote=False)).get(reverse("program:register"))
    text = page.content.decode()
    assert text.count("Noor Haddad") == 2
    assert "Missing: no charts" in text
    assert "Signed" in text
