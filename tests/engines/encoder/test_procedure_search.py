"""Finding procedures: the practice's own codes, then HCPCS Level II."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from charthouse.engines.encoder import LocalCode, ProcedureHit
from charthouse.kit import CodeSystem
from tests.engines.codesets.books import TODAY
from tests.engines.encoder.encoders import encoder

OWN = (
    LocalCode("99X-VISIT", "Clinic visit, established"),
    LocalCode("INJ 1", "Steroid injection, knee"),
    LocalCode("G0463", "Our clinic visit"),
)


def find(query: str, on: date = TODAY, local: tuple[LocalCode, ...] = OWN) -> list[ProcedureHit]:
    return encoder().search_procedures(query, on, local)


def test_the_practices_own_codes_come_first() -> None:
    found = find("clinic visit")
    assert [hit.is_local for hit in found[:2]] == [True, True]
    assert "G0463" in [hit.code.value for hit in found if not hit.is_local]


def test_own_codes_of_any_shape_are_found_by_code() -> None:
    assert find("99x")[0].code.value == "99X-VISIT"
    assert find("inj 1")[0].code.system is CodeSystem.LOCAL


def test_a_code_prefix_finds_hcpcs() -> None:
    assert [hit.code.value for hit in find("j29", local=())] == ["J2919"]


def test_words_may_be_unfinished() -> None:
    hit = find("methylpred", local=())[0]
    assert (hit.code.value, hit.unit) == ("J2919", "5 mg")
    assert hit.matched == ("methylprednisolone",)


def test_every_word_must_be_said() -> None:
    assert find("flu knee", local=()) == []


def test_codes_not_yet_valid_are_not_offered() -> None:
    assert find("J2919", date(2024, 3, 31), ()) == []
    assert find("J2919", date(2024, 4, 1), ())


def test_an_empty_query_finds_nothing() -> None:
    assert find("") == []
    assert find("   ") == []


@given(st.text(max_size=30))
def test_any_text_is_answered(query: str) -> None:
    assert len(find(query)) <= 20
