"""Procedures: a practice's own list as people fill it in, beside the demo set of HCPCS Level II."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from charthouse.engines.encoder import LocalCode, ProcedureHit
from charthouse.kit import CodeSystem
from tests.engines.codesets.books import TODAY, code_book
from tests.engines.encoder.encoders import encoder

OWN = (
    LocalCode("V-1", "Visit, short"),
    LocalCode("V-2", "Visit, long"),
    LocalCode("V-20", "Visit, very long, with forms"),
    LocalCode("ünï", "Visite à domicile"),
    LocalCode("G0463", "Own name for a clinic visit", CodeSystem.HCPCS),
    LocalCode("x1", "Knee injections"),
    LocalCode("", "Nameless"),
)


def find(query: str, local: tuple[LocalCode, ...] = OWN, on: date = TODAY, limit: int = 20) -> list[ProcedureHit]:
    return encoder().search_procedures(query, on, local, limit)


def values(query: str, local: tuple[LocalCode, ...] = OWN) -> list[str]:
    return [hit.code.value for hit in find(query, local) if hit.is_local]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("V-2", ["V-2", "V-20"], id="the code itself before those it begins"),
        pytest.param("v-", ["V-1", "V-2", "V-20", "ünï", "G0463"], id="beginnings of codes, then of words"),
        pytest.param("X1", ["x1"], id="a code written in small letters"),
        pytest.param("ÜNÏ", ["ünï"], id="a code with accents"),
        pytest.param("long visit", ["V-2", "V-20"], id="words in any order, the shorter label first"),
        pytest.param("vis lon", ["V-2", "V-20"], id="unfinished words"),
        pytest.param("domicile", ["ünï"], id="a label in another language"),
        pytest.param("a domicile", ["ünï"], id="accents folded"),
        pytest.param("injection of the knee", ["x1"], id="plural and small words"),
        pytest.param("visit knee", [], id="every word must be said"),
        pytest.param("nameless", [""], id="a code that was left empty"),
        pytest.param("qqqq", [], id="nothing"),
    ],
)
def test_the_practices_list_is_searched(query: str, found: list[str]) -> None:
    assert values(query) == found


def test_the_practices_name_for_a_public_code_stands_before_the_public_one() -> None:
    first, second = [hit for hit in find("G0463") if hit.code.value == "G0463"]
    assert (first.is_local, first.label) == (True, "Own name for a clinic visit")
    assert not second.is_local
    assert first.code == second.code


def test_without_a_list_only_public_codes_are_found() -> None:
    assert values("visit", ()) == []
    assert all(hit.code.system is CodeSystem.HCPCS for hit in find("visit", ()))


@pytest.mark.parametrize("value", sorted(code_book().hcpcs_entries(TODAY)))
def test_every_demo_code_is_found_by_itself_from_its_first_day_on(value: str) -> None:
    entry = code_book().hcpcs_entries(TODAY)[value]
    assert find(value, (), entry.valid_from)[0].code.value == value
    assert find(value, (), entry.valid_from)[0].unit == entry.unit
    assert value not in [hit.code.value for hit in find(value, (), entry.valid_from - timedelta(days=1))]
    if entry.valid_to:
        assert value not in [hit.code.value for hit in find(value, (), entry.valid_to + timedelta(days=1))]


def test_every_demo_code_is_found_by_its_whole_label() -> None:
    for value, entry in code_book().hcpcs_entries(TODAY).items():
        on = entry.valid_to or TODAY
        assert value in [hit.code.value for hit in find(entry.label, (), on, 80)], entry.label


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_the_limit_holds_and_keeps_the_best(limit: int) -> None:
    assert find("visit", limit=limit) == find("visit", limit=50)[:limit]


def test_worth_falls_and_the_order_is_the_same_each_time() -> None:
    hits = find("visit")
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert find("visit") == find("visit", tuple(reversed(OWN)))


@pytest.mark.parametrize(
    "query", ["", "  ", "\x00", "!!!", "x" * 100_000, "visit " * 50_000, "(a+)+$", "'; --", "糖尿病"]
)
def test_hostile_queries_are_answered(query: str) -> None:
    assert len(find(query)) <= 20


def test_a_long_list_is_searched_to_its_end() -> None:
    many = tuple(LocalCode(f"C{n:05d}", f"Item number {n}") for n in range(5_000))
    assert values("C04999", many) == ["C04999"]
    assert len(find("item", many)) == 20
