"""Master data keeps its sense: prices from a day to a day and never below zero, one event for each real change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from charthouse.apps.accounts.models import Organization, Person, Role
from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.core.errors import Denied, Invalid
from charthouse.apps.practice import actions
from charthouse.apps.practice.models import ChargeItem, Payer
from charthouse.apps.practice.selectors import charge_for, charge_items, charge_labels, facilities, payers, providers
from charthouse.kit import Money
from tests.apps import builders

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 18)
VISIT = {"code": "G0463", "label": "Clinic visit", "price_cents": 12_500, "effective_from": date(2026, 1, 1)}


@pytest.fixture
def at() -> Organization:
    """An organization."""
    return builders.organization()


@pytest.fixture
def boss(at: Organization) -> Person:
    """Its manager."""
    return builders.person(Role.MANAGER, at=at)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"price_cents": -1}, "practice.price-below-zero", "price_cents"),
        ({"effective_to": date(2025, 12, 31)}, "practice.price-ends-early", "effective_to"),
        ({"effective_from": None}, "practice.no-start", "effective_from"),
        ({"effective_from": "2026-01-01"}, "practice.no-start", "effective_from"),
        ({"code": ""}, "practice.invalid", "code"),
        ({"code": "G04631"}, "practice.invalid", "code"),
        ({"label": ""}, "practice.invalid", "label"),
        ({"price_cents": "much"}, "practice.invalid", "price_cents"),
    ],
)
def test_a_price_that_makes_no_sense_is_refused(
    changes: dict[str, object], code: str, field: str, at: Organization, boss: Person
) -> None:
    with pytest.raises(Invalid) as refused:
        actions.save_charge_item(boss, at, VISIT | changes)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not ChargeItem.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_service_may_cost_nothing_and_count_for_one_day(at: Organization, boss: Person) -> None:
    item = actions.save_charge_item(boss, at, VISIT | {"price_cents": 0, "effective_to": date(2026, 1, 1)})
    assert item.price == Money(0)
    assert charge_for(at.pk, "G0463", date(2026, 1, 1)) == item
    assert charge_for(at.pk, "G0463", date(2026, 1, 2)) is None


def test_a_new_price_leaves_the_old_days_as_they_were(at: Organization, boss: Person) -> None:
    actions.save_charge_item(boss, at, VISIT)
    actions.save_charge_item(boss, at, VISIT | {"price_cents": 13_000, "effective_from": DAY})
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 11, 17), DAY)
    found = [charge_for(at.pk, "G0463", day) for day in days]
    assert [item.price_cents if item else None for item in found] == [None, 12_500, 12_500, 13_000]


def test_a_mended_label_is_one_event_that_names_the_field(at: Organization, boss: Person) -> None:
    item = actions.save_charge_item(boss, at, VISIT)
    again = actions.save_charge_item(boss, at, VISIT | {"label": "Visit", "code": " g0463 "})
    assert again.pk == item.pk
    verbs = list(AuditEvent.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == ["practice.chargeitem.added", "practice.chargeitem.changed"]
    event = AuditEvent.objects.get(verb="practice.chargeitem.changed")
    assert event.detail == {"fields": ["label"]}
    assert event.object_id == str(item.uid)
    assert event.subject == ""


SAVES: dict[str, Callable[[Person | None, Organization], object]] = {
    "billingprofile": lambda person, at: actions.save_billing_profile(person, at, _PROFILE),
    "facility": lambda person, at: actions.save_facility(person, at, _FACILITY),
    "provider": lambda person, at: actions.save_provider(person, at, _PROVIDER),
    "payer": lambda person, at: actions.save_payer(person, at, _payer(at)),
    "chargeitem": lambda person, at: actions.save_charge_item(person, at, VISIT),
}
_PROFILE = {
    "legal_name": "TEST PRACTICE LLC",
    "npi": "1234567893",
    "tax_id": "123456789",
    "taxonomy": "207Q00000X",
    "submitter_id": "TESTSUB",
    "contact_name": "TEST CONTACT",
    "contact_phone": "5555550100",
}
_FACILITY = {"name": "Test Clinic", "npi": "1245319599", "place_of_service": "11"}
_PROVIDER = {"family_name": "Varga", "given_name": "Lena", "npi": "1234567893", "taxonomy": "207R00000X"}


def _payer(at: Organization) -> dict[str, object]:
    channel = at.channels.first() or builders.channel(at)
    return {"name": "Bluewater", "payer_id": "BW001", "channel": channel}


@pytest.mark.parametrize("kind", SAVES)
def test_the_first_time_is_added_and_repeating_is_silent(kind: str, at: Organization, boss: Person) -> None:
    first = SAVES[kind](boss, at)
    assert SAVES[kind](boss, at) == first
    assert list(AuditEvent.objects.values_list("verb", flat=True)) == [f"practice.{kind}.added"]


@pytest.mark.parametrize("kind", SAVES)
def test_the_system_sets_up_without_asking(kind: str, at: Organization) -> None:
    assert SAVES[kind](None, at)


@pytest.mark.parametrize("kind", SAVES)
@pytest.mark.parametrize("who", ["coder", "another organization's manager", "somebody switched off"])
def test_nobody_else_writes_and_nothing_is_kept(kind: str, who: str, at: Organization, boss: Person) -> None:
    boss.is_active = False
    people = {
        "coder": builders.coder(at),
        "another organization's manager": builders.person(Role.MANAGER),
        "somebody switched off": boss,
    }
    with pytest.raises(Denied) as refused:
        SAVES[kind](people[who], at)
    assert refused.value.code == "action.denied"
    assert not AuditEvent.objects.exists()


def test_a_payer_keeps_its_channel_when_it_is_renamed(at: Organization, boss: Person) -> None:
    payer = actions.save_payer(boss, at, _payer(at))
    actions.save_payer(boss, at, {"payer_id": "BW001", "name": "Bluewater Mutual"})
    again = Payer.objects.get()
    assert (again.pk, again.name, again.channel_id) == (payer.pk, "Bluewater Mutual", payer.channel_id)


def test_lists_are_those_of_the_organization_in_order(at: Organization) -> None:
    for name in ("Zeta", "Alpha"):
        builders.payer(at, name)
    builders.payer(builders.organization(), "Elsewhere")
    assert [payer.name for payer in payers(at)] == ["Alpha", "Zeta"]
    one = builders.facility(at)
    assert list(facilities(at)) == [one]
    assert list(facilities(builders.organization())) == []
    assert list(providers(at)) == []


def test_the_charge_master_of_a_day(at: Organization) -> None:
    builders.charge_item(at, "J1885")
    old = builders.charge_item(at, "G0463")
    old.effective_to = date(2026, 11, 17)
    old.save()
    builders.charge_item(builders.organization(), "Q3014")
    assert [item.code for item in charge_items(at, DAY)] == ["J1885"]
    assert [item.code for item in charge_items(at, date(2026, 11, 17))] == ["G0463", "J1885"]
    assert charge_labels(at.pk, DAY) == {"J1885": "Service J1885"}


def test_of_two_labels_in_force_the_younger_is_shown(at: Organization) -> None:
    builders.charge_item(at, "J1885")
    actions.save_charge_item(None, at, VISIT | {"code": "J1885", "label": "Younger"})
    assert charge_labels(at.pk, DAY) == {"J1885": "Younger"}
