"""Loads Harbor Point Health through the same actions people use. Running it again adds only what is missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from hashlib import sha256
from typing import Any

from django.utils import timezone

from charthouse.apps.accounts.actions import add_organization, add_person, grant_role
from charthouse.apps.accounts.models import Organization, Person, Role
from charthouse.apps.accounts.selectors import people_in
from charthouse.apps.exchange.actions import receive_file
from charthouse.apps.exchange.partners import save_channel
from charthouse.apps.exchange.selectors import taken_before
from charthouse.apps.practice import actions as practice
from charthouse.apps.program.actions import publish_shipped_texts, sign
from charthouse.apps.program.models import AgreementVersion
from charthouse.sandbox.coded import code_some, put_first
from charthouse.sandbox.people import PASSWORD, give_authenticator
from charthouse.sandbox.practice_data import charts, load_practice

Say = Callable[[str], None]


def load(say: Say) -> None:
    """Load the practice, its people and its charts, saying what is done."""
    data = load_practice()
    organization = add_organization(data["organization"]["name"])
    _practice(organization, data)
    agreements = {published.kind: published for published in publish_shipped_texts(organization)}
    for one in data["people"]:
        _person(organization, one, agreements)
    say(f"{organization.name}: {len(data['people'])} people, {len(data['payers'])} payers, 2 agreements.")
    missing = [one for one in charts() if not taken_before(organization, sha256(one[1]).hexdigest())]
    for name, content in missing:
        receive_file(None, organization, name, content)
    say(f"Charts: {len(charts())} in the demo, {len(missing)} taken in now.")
    put_first(_manager(organization))
    say(f"Claims: {code_some()} coded and sent now.")


def _manager(organization: Organization) -> Person:
    return people_in(organization.pk).filter(memberships__role=Role.MANAGER)[0]


def _practice(organization: Organization, data: dict[str, Any]) -> None:
    profile = {key: value for key, value in data["organization"].items() if key not in {"name", "slug", "time_zone"}}
    practice.save_billing_profile(None, organization, profile)
    for facility in data["facilities"]:
        practice.save_facility(None, organization, facility)
    for provider in data["providers"]:
        practice.save_provider(None, organization, {k: v for k, v in provider.items() if k != "specialty"})
    for payer in data["payers"]:
        channel = save_channel(
            organization,
            slug=payer["payer_id"].lower(),
            name=f"{payer['name']} (payer sandbox)",
            sender_id=profile["submitter_id"],
            receiver_id=payer["payer_id"],
        )
        kept = {key: payer[key] for key in ("name", "payer_id", "claim_filing", "appeal_days")}
        practice.save_payer(None, organization, {**kept, "channel": channel})
    for item in data["charge_master"]:
        practice.save_charge_item(None, organization, _dated(item))


def _dated(item: dict[str, Any]) -> dict[str, Any]:
    ends = item.get("effective_to")
    return {
        **item,
        "effective_from": date.fromisoformat(item["effective_from"]),
        "effective_to": date.fromisoformat(ends) if ends else None,
    }


def _person(organization: Organization, one: dict[str, Any], agreements: dict[str, AgreementVersion]) -> None:
    person = Person.objects.filter(email=one["email"]).first()
    if person is None:
        fields = {key: one[key] for key in ("phone", "is_remote", "home_office") if key in one}
        person = add_person(one["email"], one["full_name"], PASSWORD, **fields)
    for role in one["roles"]:
        grant_role(person, organization, Role(role))
    give_authenticator(person)
    for signed in one.get("signed", []):
        agreement = agreements[signed["kind"]]
        if not person.signatures.filter(agreement=agreement).exists():
            _sign(person, agreement, date.fromisoformat(signed["signed_on"]))


def _sign(person: Person, agreement: AgreementVersion, on: date) -> None:
    moment = timezone.make_aware(datetime.combine(on, time(9, 30)))
    sign(
        person,
        agreement,
        typed_name=person.full_name,
        consent=True,
        reauthenticated_by="password",
        address="",
        device="Signed before this installation, on paper",
        signed_at=moment,
    )
