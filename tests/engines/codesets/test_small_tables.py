"""The tables kept in the repository."""

from __future__ import annotations

import re

from charthouse.kit import CodeSystem
from tests.engines.codesets.books import TODAY, code_book


def test_no_procedure_code_is_cpt_or_cdt() -> None:
    assert all(re.fullmatch(r"[A-CE-Z][0-9]{4}", value) for value in code_book().hcpcs_entries(TODAY))


def test_demo_codes_have_label_unit_and_date() -> None:
    entries = code_book().hcpcs_entries(TODAY)
    assert len(entries) == 76
    assert all(entry.label and entry.unit and entry.valid_from for entry in entries.values())
    assert {entry.code.system for entry in entries.values()} == {CodeSystem.HCPCS}


def test_a_drug_says_what_one_unit_is() -> None:
    entry = code_book().hcpcs("j2919 ")
    assert entry
    assert entry.unit == "5 mg"


def test_a_code_outside_the_demo_set_is_none() -> None:
    assert code_book().hcpcs("K0001") is None


def test_modifiers_have_two_characters_and_a_label() -> None:
    modifiers = code_book().modifiers
    assert {"25", "59", "76", "77", "XE", "LT", "RT"} <= modifiers.keys()
    assert all(len(value) == 2 and row.label and row.group for value, row in modifiers.items())


def test_places_of_service_have_two_digits_and_a_setting() -> None:
    places = code_book().places_of_service
    assert {"11", "21", "22", "23"} <= places.keys()
    assert all(re.fullmatch(r"[0-9]{2}", value) for value in places)
    assert {row.group for row in places.values()} == {"facility", "non-facility", "telehealth"}
