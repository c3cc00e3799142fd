"""Setting up the practice: each action makes the row or brings it up to date; repeating it changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from charthouse.apps.accounts.models import Organization, Person
from charthouse.apps.audit.actions import record
from charthouse.apps.core.errors import Denied, Invalid
from charthouse.apps.core.models import Record
from charthouse.apps.practice.models import BillingProfile, ChargeItem, Facility, Payer, Provider
from charthouse.apps.practice.policies import can_set_up

Row = TypeVar("Row", bound=Record)
Fields = Mapping[str, object]


def save_billing_profile(person: Person | None, organization: Organization, fields: Fields) -> BillingProfile:
    """Say how the organization bills; there is one profile for each organization."""
    return _save(BillingProfile, person, organization, {}, fields)


def save_facility(person: Person | None, organization: Organization, fields: Fields) -> Facility:
    """Make a facility, or bring the one of that name up to date."""
    return _save(Facility, person, organization, {"name": fields.get("name")}, fields)


def save_provider(person: Person | None, organization: Organization, fields: Fields) -> Provider:
    """Make a provider, or bring the one with that NPI up to date."""
    return _save(Provider, person, organization, {"npi": fields.get("npi")}, fields)


def save_payer(person: Person | None, organization: Organization, fields: Fields) -> Payer:
    """Make a payer, or bring the one with that payer id up to date; its channel must be the organization's own."""
    channel = fields.get("channel")
    if channel is not None and getattr(channel, "organization_id", None) != organization.pk:
        raise Invalid("The channel belongs to another organization.", field="channel", code="practice.channel")
    return _save(Payer, person, organization, {"payer_id": fields.get("payer_id")}, fields)


def save_charge_item(person: Person | None, organization: Organization, fields: Fields) -> ChargeItem:
    """Price a code from a date on; a new price is a new line with a later `effective_from`."""
    starts = fields.get("effective_from")
    if not isinstance(starts, date):
        raise Invalid("A price needs the day from which it counts.", field="effective_from", code="practice.no-start")
    _check_price(fields, starts)
    code = str(fields.get("code", "")).strip().upper()
    return _save(ChargeItem, person, organization, {"code": code, "effective_from": starts}, {**fields, "code": code})


def _check_price(fields: Fields, starts: date) -> None:
    price, ends = fields.get("price_cents"), fields.get("effective_to")
    if isinstance(price, int) and price < 0:
        raise Invalid("A price is never below zero.", field="price_cents", code="practice.price-below-zero")
    if isinstance(ends, date) and ends < starts:
        raise Invalid("A price cannot end before it begins.", field="effective_to", code="practice.price-ends-early")


@transaction.atomic
def _save(model: type[Row], person: Person | None, organization: Organization, key: Fields, fields: Fields) -> Row:
    if person is not None and not can_set_up(person, organization.pk):
        raise Denied("Only a manager or IT may change the practice's data.")
    found = model._default_manager.filter(organization=organization, **key).first()
    row = found or model(**{"organization": organization})
    changed = [name for name, value in fields.items() if found is None or getattr(row, name) != value]
    if not changed:
        return row
    for name in changed:
        setattr(row, name, fields[name])
    _check(row)
    row.save()
    verb = f"practice.{model._meta.model_name}.{'changed' if found else 'added'}"
    record(verb, row, detail={"fields": sorted(changed)})
    return row


def _check(row: Record) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        field = next(iter(error.message_dict))
        raise Invalid(error.messages[0], field=field, code="practice.invalid") from error
