"""Setting up master data: made once, brought up to date, refused when it cannot be right."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from charthouse.apps.accounts.models import Role
from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.core.errors import Denied, Invalid
from charthouse.apps.practice.actions import (
    save_billing_profile,
    save_charge_item,
    save_facility,
    save_payer,
    save_provider,
)
from charthouse.apps.practice.models import ChargeItem, Facility, Payer, Provider
from tests.apps import builders

pytestmark = pytest.mark.django_db
FACILITY = {"name": "Family Clinic", "npi": "1245319599", "place_of_service": "11"}
PROVIDER = {"family_name": "Varga", "given_name": "Lena", "npi": "1234567893", "taxonomy": "207R00000X"}
CHARGE = {"code": "g0463", "label": "Clinic visit", "price_cents": 12_000, "effective_from": date(2026, 1, 1)}


def verbs() -> list[str]:
    return list(AuditEvent.objects.filter(verb__startswith="practice.").values_list("verb", flat=True))


def test_a_row_is_made_once_and_then_brought_up_to_date() -> None:
    at = builders.organization()
    first = save_facility(None, at, FACILITY)
    assert save_facility(None, at, FACILITY).pk == first.pk
    assert verbs() == ["practice.facility.added"]
    assert save_facility(None, at, {**FACILITY, "place_of_service": "22"}).pk == first.pk
    assert Facility.objects.get().place_of_service == "22"
    assert verbs() == ["practice.facility.added", "practice.facility.changed"]


def test_the_log_names_the_fields_that_changed() -> None:
    at = builders.organization()
    save_provider(None, at, PROVIDER)
    save_provider(None, at, {**PROVIDER, "family_name": "Varga-Lind"})
    assert AuditEvent.objects.get(verb="practice.provider.changed").detail == {"fields": ["family_name"]}
    assert Provider.objects.count() == 1


def test_codes_of_the_charge_master_are_in_capitals_and_a_new_price_is_a_new_line() -> None:
    at = builders.organization()
    assert save_charge_item(None, at, CHARGE).code == "G0463"
    save_charge_item(None, at, {**CHARGE, "effective_from": date(2026, 7, 1), "price_cents": 13_000})
    save_charge_item(None, at, CHARGE)
    assert [item.price_cents for item in ChargeItem.objects.order_by("effective_from")] == [12_000, 13_000]


def test_a_price_without_a_first_day_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        save_charge_item(None, builders.organization(), {**CHARGE, "effective_from": None})
    assert refused.value.field == "effective_from"


def test_a_payer_goes_out_on_a_channel_of_its_own_organization() -> None:
    at, other = builders.organization(), builders.organization()
    payer: dict[str, Any] = {"name": "Bluewater", "payer_id": "BW001", "channel": builders.channel(at)}
    assert save_payer(None, at, payer).channel == payer["channel"]
    with pytest.raises(Invalid, match="another organization"):
        save_payer(None, at, {**payer, "channel": builders.channel(other)})
    assert Payer.objects.get().channel == payer["channel"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"name": ""}, "name"), ({"npi": "12345678901"}, "npi"), ({"place_of_service": "111"}, "place_of_service")],
)
def test_what_does_not_fit_is_named(fields: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        save_facility(None, builders.organization(), {**FACILITY, **fields})
    assert refused.value.field == field
    assert not Facility.objects.exists()


def test_one_billing_profile_for_each_organization() -> None:
    at = builders.organization()
    made = builders.billing_profile(at)
    assert save_billing_profile(None, at, {"legal_name": "HARBOR POINT LLC"}).pk == made.pk


@pytest.mark.parametrize("role", Role)
def test_managers_and_it_set_up_and_nobody_else(role: Role) -> None:
    at = builders.organization()
    person = builders.person(role, at=at)
    if role in {Role.MANAGER, Role.IT_ADMIN}:
        assert save_facility(person, at, FACILITY).pk
        with pytest.raises(Denied):
            save_facility(person, builders.organization(), FACILITY)
        return
    with pytest.raises(Denied):
        save_facility(person, at, FACILITY)


def test_organizations_do_not_touch_each_others_rows() -> None:
    one, other = builders.organization(), builders.organization()
    save_facility(None, one, FACILITY)
    save_facility(None, other, {**FACILITY, "place_of_service": "22"})
    assert Facility.objects.get(organization=one).place_of_service == "11"
