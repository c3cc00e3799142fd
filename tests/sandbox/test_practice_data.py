"""The demo practice's own data: what claims need, people in every role, and prices in whole cents."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from charthouse.engines.codesets import load_code_book
from tests.sandbox.demo_files import CODE_LIKE, charts, gold, has_npi_check_digit, practice

ROLES = {"coder", "manager", "auditor", "biller", "compliance", "it-admin", "provider", "hr"}


def _person(name: str) -> dict[str, object]:
    found: dict[str, object] = next(one for one in practice()["people"] if one["full_name"] == name)
    return found


def _signed(name: str) -> dict[str, str]:
    signatures = _person(name)["signed"]
    assert isinstance(signatures, list)
    return {one["kind"]: one["signed_on"] for one in signatures}


def test_the_organization_can_bill() -> None:
    organization = practice()["organization"]
    assert organization["name"] == "Harbor Point Health"
    assert re.fullmatch(r"\d{9}", organization["postal_code"])
    assert re.fullmatch(r"\d{9}", organization["tax_id"])
    assert re.fullmatch(r"[0-9A-Z]{10}", organization["taxonomy"])
    assert re.fullmatch(r"\d{10}", organization["contact_phone"])
    assert organization["submitter_id"]


def test_every_npi_has_its_check_digit_and_belongs_to_one() -> None:
    npis = [one["npi"] for one in (practice()["organization"], *practice()["facilities"], *practice()["providers"])]
    assert [npi for npi in npis if not has_npi_check_digit(npi)] == []
    assert len(set(npis)) == len(npis)


def test_no_npi_can_be_a_real_persons() -> None:
    """Numbers that start with 2 are valid but have never been given out."""
    everyone = [practice()["organization"], *practice()["facilities"], *practice()["providers"]]
    assert all(one["npi"].startswith("2") for one in everyone)


@pytest.mark.parametrize("npi", ["2111445434", "3111445435", "211144543", "211144543A", ""])
def test_the_check_of_npis_notices_a_wrong_one(npi: str) -> None:
    assert not has_npi_check_digit(npi)


def test_facilities_cover_the_five_places_of_service() -> None:
    facilities = practice()["facilities"]
    assert sorted(one["place_of_service"] for one in facilities) == ["11", "21", "22", "23", "24"]
    assert set(load_code_book().places_of_service) >= {one["place_of_service"] for one in facilities}
    assert all(re.fullmatch(r"\d{9}", one["postal_code"]) for one in facilities)


def test_providers_have_a_bare_taxonomy_code_each() -> None:
    providers = practice()["providers"]
    assert 7 <= len(providers) <= 9
    assert all(re.fullmatch(r"2\d{2}[0-9A-Z]{6}X", one["taxonomy"]) for one in providers)


def test_every_provider_facility_and_payer_is_used_by_a_chart_or_a_document() -> None:
    used = {document.author for chart in charts() for document in chart.documents}
    for one in practice()["providers"]:
        assert f"{one['given_name']} {one['family_name']} {one['credential']}" in used
    assert {one["name"] for one in practice()["facilities"]} == {chart.header["Facility"] for chart in charts()}
    assert {one["name"] for one in practice()["payers"]} == {chart.header["Payer"] for chart in charts()}


def test_each_payer_behaves_in_its_own_way() -> None:
    payers = {one["name"]: one for one in practice()["payers"]}
    assert payers["Bluewater Medicare"]["sandbox"] == {"pays_percent": 100}
    assert payers["Northstar Health Plan"]["sandbox"] == {
        "pays_percent": 80,
        "reduction": {"group": "CO", "carc": "45"},
    }
    (denial,) = payers["Cascadia Mutual"]["sandbox"]["denials"]
    assert (denial["group"], denial["carc"]) == ("CO", "50")
    assert denial["when"] == {"code_starts_with": ["J"], "every_pointer_starts_with": ["R", "Z"]}
    assert len({one["payer_id"] for one in payers.values()}) == 3
    assert all(one["note"] and one["appeal_days"] > 0 for one in payers.values())


def test_prices_are_whole_cents_and_labels_are_there() -> None:
    items = practice()["charge_master"]
    assert len({one["code"] for one in items}) >= 45
    assert all(type(one["price_cents"]) is int and one["price_cents"] > 0 for one in items)
    assert all(0 < len(one["label"]) <= 120 for one in items)


def test_the_charge_master_holds_hcpcs_level_ii_only() -> None:
    book = load_code_book()
    for one in practice()["charge_master"]:
        assert re.fullmatch(r"[ACGJQ]\d{4}", one["code"])
        assert CODE_LIKE.findall(one["label"]) == []
        assert book.hcpcs(one["code"]) is not None, one["code"]


def test_a_code_has_one_price_on_any_day() -> None:
    spans: dict[str, list[tuple[date, date]]] = {}
    for one in practice()["charge_master"]:
        end = date.fromisoformat(one["effective_to"]) if one["effective_to"] else date.max - timedelta(days=1)
        spans.setdefault(one["code"], []).append((date.fromisoformat(one["effective_from"]), end))
    for code, periods in spans.items():
        ordered = sorted(periods)
        assert all(start <= end for start, end in ordered), code
        assert all(a[1] + timedelta(days=1) == b[0] for a, b in pairwise(ordered)), code


def test_one_price_changed_during_the_year() -> None:
    assert Counter(one["code"] for one in practice()["charge_master"])["G0463"] == 2


def test_every_chart_has_something_to_charge() -> None:
    priced = {one["code"] for one in practice()["charge_master"]}
    assert all({line["code"] for line in case["procedures"]} <= priced for case in gold())


def test_there_is_somebody_in_every_role() -> None:
    assert {role for one in practice()["people"] for role in one["roles"]} == ROLES
    assert all(one["email"].endswith("@harborpoint.example") for one in practice()["people"])
    assert len({one["email"] for one in practice()["people"]}) == len(practice()["people"])


def test_remote_people_have_a_home_office_and_the_others_have_none() -> None:
    for one in practice()["people"]:
        assert bool(one["home_office"]) is one["is_remote"], one["full_name"]
        assert len(one["home_office"]) <= 200


def test_only_noor_still_has_an_agreement_to_sign() -> None:
    assert _signed("Noor Haddad") == {"telecommuting": "2026-01-12"}
    assert set(_signed("Kofi Abara")) == {"telecommuting", "confidentiality"}
    missing = [one["full_name"] for one in practice()["people"] if one["is_remote"] and len(one["signed"]) < 2]
    assert missing == ["Noor Haddad"]


def test_nothing_was_signed_before_the_text_took_effect() -> None:
    days = [signature["signed_on"] for one in practice()["people"] for signature in one["signed"]]
    assert min(days) >= "2026-01-05"


def test_the_provider_who_answers_queries_is_on_the_provider_list() -> None:
    assert _person("Rhea Adeyemi")["provider_npi"] in {one["npi"] for one in practice()["providers"]}


def test_credentials_are_verified_and_current_on_the_demos_day() -> None:
    for one in practice()["people"]:
        for credential in one["credentials"]:
            assert credential["verified_on"] <= "2026-11-23" < credential["expires_on"], one["full_name"]
    assert all(one["credentials"] for one in practice()["people"] if "coder" in one["roles"])
