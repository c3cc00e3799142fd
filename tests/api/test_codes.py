"""Codes over JSON: the same answers as on the page and the command line."""

from __future__ import annotations

from typing import Any

import pytest

from charthouse.apps.accounts.models import Role
from tests.api.clients import program_of
from tests.apps import builders

pytestmark = pytest.mark.django_db
DAY = "2026-11-23"


def post(path: str, body: dict[str, Any]) -> dict[str, Any]:
    client = program_of(builders.person(Role.CODER, at=builders.organization()))
    answer = client.post(f"/api/v1{path}", body, "application/json")
    assert answer.status_code == 200, answer.content
    return answer.json()  # type: ignore[no-any-return]


def get(path: str, status: int = 200, **query: str) -> Any:
    client = program_of(builders.person(Role.CODER, at=builders.organization()))
    answer = client.get(f"/api/v1{path}", query)
    assert answer.status_code == status, answer.content
    return answer.json()


@pytest.mark.parametrize(
    ("system", "query", "first"),
    [
        ("icd-10-cm", "copd exac", "J44.1"),
        ("icd-10-cm", "e11.9", "E11.9"),
        ("icd-10-pcs", "0016070", "0016070"),
        ("hcpcs", "g0463", "G0463"),
    ],
)
def test_find_answers_best_first(system: str, query: str, first: str) -> None:
    found = post("/codes/find", {"q": query, "on": DAY, "system": system, "limit": 5})
    assert found["on"] == DAY
    assert found["results"][0]["code"] == first
    assert len(found["results"]) <= 5


@pytest.mark.parametrize("query", ["", "   ", "x" * 9_000, "日本語", "\x00\x07"])
def test_find_nothing_is_an_empty_answer(query: str) -> None:
    assert post("/codes/find", {"q": query, "on": DAY})["results"] == []


def test_a_query_that_is_too_long_is_refused() -> None:
    client = program_of(builders.person(Role.CODER, at=builders.organization()))
    answer = client.post("/api/v1/codes/find", {"q": "x" * 10_001}, "application/json")
    assert answer.status_code == 422


def test_cpt_is_not_there_without_a_licence() -> None:
    assert post("/codes/find", {"q": "visit", "system": "cpt"})["results"] == []
    states = post("/codes/check", {"codes": ["0001Z"], "system": "cpt"})["results"]
    assert [one["state"] for one in states] == ["no-data"]


def test_check_keeps_the_order() -> None:
    found = post("/codes/check", {"codes": ["E119", "I10", "E11", "Z9999"], "on": DAY})
    assert [(one["code"], one["state"]) for one in found["results"]] == [
        ("E11.9", "valid"),
        ("I10", "valid"),
        ("E11", "header"),
        ("Z99.99", "unknown"),
    ]


def test_show_has_path_notes_and_what_completes_it() -> None:
    found = get("/codes/icd-10-cm/S82.101", on=DAY)
    assert found["standing"]["state"] == "header"
    assert found["path"][0]["kind"] == "chapter"
    assert any(note["is_inherited"] for note in found["notes"])
    assert {one["code"] for one in found["next"]} >= {"S82.101A", "S82.101S"}
    assert {"A", "S"} <= {one["character"] for one in found["seventh_characters"]}


@pytest.mark.parametrize(("system", "code"), [("icd-10-pcs", "0016070"), ("hcpcs", "G0463"), ("icd-10-cm", "e119")])
def test_show_knows_each_system(system: str, code: str) -> None:
    assert get(f"/codes/{system}/{code}", on=DAY)["title"]


@pytest.mark.parametrize(
    ("system", "code"), [("icd-10-cm", "Z99.999"), ("icd-10-pcs", "ZZZZZZZ"), ("hcpcs", "Z0000"), ("cpt", "0001Z")]
)
def test_a_code_that_no_table_knows_is_not_there(system: str, code: str) -> None:
    assert get(f"/codes/{system}/{code}", 404, on=DAY)["code"] == "action.denied"


def test_an_unknown_system_is_refused() -> None:
    assert get("/codes/icd-9/250", 422)["code"] == "api.not-as-described"


def test_axes_lead_to_a_code() -> None:
    assert len(get("/icd-10-pcs/axes", on=DAY)["choices"]) == 17
    done = get("/icd-10-pcs/axes", prefix="0016070", on=DAY)
    assert (done["code"], done["choices"]) == ("0016070", [])


def test_sets_say_what_is_missing() -> None:
    standing = {one["table"]: one["standing"] for one in get("/code-sets", on=DAY)}
    assert standing["icd-10-pcs validity"] == "in force"
    assert standing["nppes"] == "not loaded"
