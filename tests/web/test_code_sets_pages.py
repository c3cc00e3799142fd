"""Looking after code sets in the browser: handing files in, following a load, taking a release out, CPT seats."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from charthouse.apps.accounts.models import Person, Role
from charthouse.apps.core.clock import today
from charthouse.apps.reference.actions import run_load, state_licence
from charthouse.apps.reference.actions.licence import LicenceTerms
from charthouse.apps.reference.models import CodeLoad
from charthouse.apps.reference.selectors import has_seat, licence, shelf
from tests.apps import builders
from tests.apps.reference.shelves import hcpcs_bytes
from tests.web.clients import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(settings: Settings, tmp_path: Path) -> Person:
    settings.CODESETS_DIR = tmp_path / "codesets"
    return builders.person(Role.IT_ADMIN)


@pytest.fixture
def client(keeper: Person) -> Client:
    return signed_in(keeper)


def hcpcs(name: str = "HCPC2026_OCT_ANWEB.csv", *codes: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, hcpcs_bytes(*codes))


def loaded(client: Client, file: SimpleUploadedFile) -> CodeLoad:
    client.post(reverse("codebook:load"), {"files": file})
    return run_load(CodeLoad.objects.latest("id").uid)


def text_of(client: Client, name: str, *given: object) -> str:
    return client.get(reverse(name, args=given)).content.decode()


def test_an_upload_leads_to_its_page_which_asks_again(client: Client) -> None:
    answer = client.post(reverse("codebook:load"), {"files": hcpcs()})
    load = CodeLoad.objects.get()
    assert answer["Location"] == reverse("codebook:loading", args=[load.uid])
    text = text_of(client, "codebook:loading", load.uid)
    assert "Waiting for the worker" in text
    assert "hx-get" in text
    assert "Look again" in text


def test_the_progress_is_shown(client: Client) -> None:
    client.post(reverse("codebook:load"), {"files": hcpcs()})
    load = CodeLoad.objects.get()
    CodeLoad.objects.update(state="running", progress={"file": "a.csv", "done": 25, "size": 100})
    assert "Reading a.csv: 25 %" in text_of(client, "codebook:loading", load.uid)
    CodeLoad.objects.update(progress={"file": "a.csv", "done": 2048, "size": -1})
    assert "2.0\xa0KB so far" in text_of(client, "codebook:loading", load.uid)


def test_the_report_says_what_came_in(client: Client) -> None:
    load = loaded(client, hcpcs())
    part = client.get(reverse("codebook:loading", args=[load.uid]), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "HCPCS Level II" in part
    assert "hx-get" not in part
    assert "1 Oct 2026 to" in part


def test_the_report_says_what_was_refused_and_why(client: Client) -> None:
    load = loaded(client, SimpleUploadedFile("HCPC2026_OCT_ANWEB.csv", hcpcs_bytes("99999")))
    text = text_of(client, "codebook:loading", load.uid)
    assert "refused as a whole" in text
    assert "codesets." in text
    answer = client.get(reverse("codebook:faults", args=[load.uid]))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["File", "Place", "Rule"]
    assert "99999" in rows[1][3]


def test_no_file_is_said_beside_the_field(client: Client) -> None:
    answer = client.post(reverse("codebook:load"), {})
    assert answer.status_code == 400
    assert "No file was chosen." in answer.content.decode()


def test_too_large_says_how_to_load_it(client: Client, settings: Settings) -> None:
    settings.CODESETS_MAX_BYTES = 10
    answer = client.post(reverse("codebook:load"), {"files": hcpcs()})
    assert answer.status_code == 400
    assert "charthouse codes load FILE" in answer.content.decode()
    assert not CodeLoad.objects.exists()


def test_a_day_that_is_none_is_said(client: Client) -> None:
    answer = client.post(reverse("codebook:load"), {"files": hcpcs(), "starts": "soon"})
    assert answer.status_code == 400
    assert "“soon” is not a day" in answer.content.decode()


def test_the_days_that_were_given_count(client: Client) -> None:
    client.post(reverse("codebook:load"), {"files": hcpcs(), "starts": "2026-11-01", "label": "Ours"})
    run_load(CodeLoad.objects.get().uid)
    (release,) = shelf().releases()
    assert (release.starts.isoformat(), release.label) == ("2026-11-01", "Ours")


def test_a_release_is_taken_out_and_put_back_with_a_reason(client: Client) -> None:
    loaded(client, hcpcs())
    (release,) = shelf().releases()
    change = reverse("codebook:change")
    client.post(change, {"uid": release.uid, "to": "withdraw", "reason": "wrong file"})
    assert shelf().releases()[0].state.value == "withdrawn"
    assert "Put back" in text_of(client, "codebook:sets")
    client.post(change, {"uid": release.uid, "to": "restore", "reason": "it was right"})
    assert shelf().releases()[0].state.value == "in-force"


@pytest.mark.parametrize("given", [{"reason": ""}, {"uid": "nothing", "reason": "x"}])
def test_without_reason_or_release_nothing_changes(client: Client, given: dict[str, str]) -> None:
    loaded(client, hcpcs())
    (release,) = shelf().releases()
    client.post(reverse("codebook:change"), {"uid": release.uid, "to": "withdraw", **given})
    assert shelf().releases()[0].state.value == "in-force"


def test_what_is_not_loaded_names_its_official_file(client: Client) -> None:
    text = text_of(client, "codebook:sets")
    assert "icd10cm_index_2027.xml" in text
    assert "never “pass”" in text


def test_others_see_the_tables_and_no_forms(keeper: Person) -> None:
    text = text_of(signed_in(builders.person(Role.CODER)), "codebook:sets")
    assert "Not loaded" in text
    assert "Load official files" not in text
    assert "Loads" not in text


LICENCE = {"holder": "Test Practice", "number": "T-1", "seats": "1", "expires": "2099-12-31", "attests": "on"}


def test_a_licence_is_stated(client: Client) -> None:
    assert "No licence is stated" in text_of(client, "codebook:licence")
    assert client.post(reverse("codebook:licence"), LICENCE).status_code == 302
    stated = licence()
    assert stated is not None
    assert stated.attested_by is not None
    assert "0 of 1 taken" in text_of(client, "codebook:licence")


@pytest.mark.parametrize(
    ("without", "said"),
    [
        ({"attests": None}, "attested"),
        ({"seats": "many"}, "digits"),
        ({"expires": "never"}, "Give a day"),
        ({"holder": " "}, "holder"),
    ],
)
def test_what_is_missing_is_said_and_kept(client: Client, without: dict[str, str | None], said: str) -> None:
    given = {key: value for key, value in {**LICENCE, **without}.items() if value is not None}
    answer = client.post(reverse("codebook:licence"), given)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert 'value="T-1"' in answer.content.decode()
    assert licence() is None


def test_seats_are_given_counted_and_ended(client: Client, keeper: Person) -> None:
    state_licence(None, LicenceTerms("Test Practice", "T-1", 1, today(), today() + timedelta(days=9)), attests=True)
    where = keeper.memberships.get().organization
    first, second = builders.person(Role.CODER, at=where), builders.person(Role.CODER, at=where)
    seat = reverse("codebook:seat")
    client.post(seat, {"person": first.pk})
    assert has_seat(first)
    assert (
        "All 1 seats of the licence are taken."
        in client.post(seat, {"person": second.pk}, follow=True).content.decode()
    )
    assert not has_seat(second)
    client.post(seat, {"person": first.pk, "end": "1"})
    assert not has_seat(first)


@pytest.mark.parametrize("person", ["", "x", "999999"])
def test_a_seat_of_nobody_is_not_found(client: Client, person: str) -> None:
    assert client.post(reverse("codebook:seat"), {"person": person}).status_code == 404


def test_somebody_of_another_organization_gets_no_seat_here(client: Client) -> None:
    other = builders.person(Role.CODER, at=builders.organization())
    assert client.post(reverse("codebook:seat"), {"person": other.pk}).status_code == 404
