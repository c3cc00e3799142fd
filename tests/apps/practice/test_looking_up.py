"""Finding payers, providers, facilities and prices."""

from __future__ import annotations

from datetime import date

import pytest

from charthouse.apps.practice.models import ChargeItem
from charthouse.apps.practice.selectors import (
    billing_profile,
    charge_for,
    charge_items,
    charge_labels,
    facilities,
    find_facility,
    find_payer,
    find_provider,
    payers,
    providers,
)
from charthouse.kit import Money
from tests.apps import builders

pytestmark = pytest.mark.django_db
JUNE, JULY = date(2026, 6, 30), date(2026, 7, 1)


def test_a_price_counts_from_its_day_to_its_day() -> None:
    at = builders.organization()
    old = builders.charge_item(at, "G0463", 10_000)
    old.effective_to = JUNE
    old.save()
    ChargeItem.objects.create(
        organization=at, code="G0463", label="Clinic visit", price_cents=12_000, effective_from=JULY
    )
    prices = [charge_for(at.pk, "g0463 ", day) for day in (date(2019, 12, 31), JUNE, JULY)]
    assert [item and item.price for item in prices] == [None, Money(10_000), Money(12_000)]
    assert [item.label for item in charge_items(at, JULY)] == ["Clinic visit"]
    assert charge_labels(at.pk, JUNE) == {"G0463": "Service G0463"}


def test_of_two_prices_in_force_the_younger_counts() -> None:
    at = builders.organization()
    builders.charge_item(at, "J1815", 300)
    ChargeItem.objects.create(organization=at, code="J1815", label="Insulin", price_cents=400, effective_from=JULY)
    item = charge_for(at.pk, "J1815", JULY)
    assert item is not None
    assert item.price == Money(400)
    assert charge_labels(at.pk, JULY) == {"J1815": "Insulin"}


def test_prices_are_those_of_the_organization() -> None:
    builders.charge_item(builders.organization(), "G0463")
    assert charge_for(builders.organization().pk, "G0463", JULY) is None


def test_a_payer_is_found_by_id_before_name_and_by_whole_names_only() -> None:
    at = builders.organization()
    blue, north = builders.payer(at, "Bluewater Mutual"), builders.payer(at, "Northstar Health")
    assert find_payer(at, north.payer_id, "Bluewater Mutual") == north
    assert find_payer(at, "", " bluewater   mutual ") == blue
    assert find_payer(at, "UNKNOWN", "Bluewater Mutual") == blue
    for name in ("Bluewater", "", "%", "Bluewater Mutual of Vermont"):
        assert find_payer(at, "", name) is None
    assert find_payer(builders.organization(), blue.payer_id, blue.name) is None
    assert list(payers(at)) == [blue, north]


@pytest.mark.parametrize(
    "name", ["Lena Varga", "lena varga", "Varga, Lena", "Lena Varga DO", "Lena Varga, DO", "Dr. Lena  Varga"]
)
def test_a_provider_is_found_by_the_ways_a_name_is_written(name: str) -> None:
    at = builders.organization()
    lena = builders.provider(at)
    assert find_provider(at, "", name) == lena


def test_an_npi_that_is_given_decides() -> None:
    at = builders.organization()
    lena = builders.provider(at)
    assert find_provider(at, lena.npi, "Somebody Else") == lena
    assert find_provider(at, "1999999999", "Lena Varga") is None
    for name in ("", "Varga", "L. Varga"):
        assert find_provider(at, "", name) is None
    assert list(providers(at)) == [lena]


def test_two_providers_of_one_name_are_told_apart_by_nothing_but_npi() -> None:
    at = builders.organization()
    builders.provider(at)
    twin = builders.provider(builders.organization())
    twin.organization, twin.npi = at, "1245319599"
    twin.save()
    assert find_provider(at, "", "Lena Varga") is None


def test_a_facility_is_found_by_its_whole_name() -> None:
    at = builders.organization()
    clinic = builders.facility(at)
    assert find_facility(at, clinic.name.upper()) == clinic
    assert find_facility(at, clinic.name[:4]) is None
    assert find_facility(builders.organization(), clinic.name) is None
    assert list(facilities(at)) == [clinic]


def test_the_billing_profile_is_there_once_it_was_set_up() -> None:
    at = builders.organization()
    assert billing_profile(at) is None
    assert billing_profile(builders.billing_profile(at).organization) is not None
