"""Final coding becomes a claim: priced on its dates, numbered for ever, ready or held with what is missing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from charthouse.apps.accounts.models import Organization, Person
from charthouse.apps.audit.models import AuditEvent
from charthouse.apps.billing import content
from charthouse.apps.billing.actions import make_claim, rebuild_claim
from charthouse.apps.billing.hooks import ClaimMade, claim_made
from charthouse.apps.billing.models import Charge, Claim, ClaimState
from charthouse.apps.charts.models import Encounter
from charthouse.apps.coding.hooks import SummaryFinalised, summary_finalised
from charthouse.apps.core.errors import Conflict, Denied
from charthouse.apps.practice.models import BillingProfile, ChargeItem, Facility, Payer
from charthouse.kit import Money
from tests.apps import builders
from tests.apps.builders import service


def rules(claim: Claim) -> list[str]:
    return [finding["rule"] for finding in claim.versions.get().findings]


def made(of: Encounter, *services: Any, **coded: Any) -> Claim:
    return make_claim(builders.coding_summary(of, *(services or (service("G0463", 1),)), **coded))


def test_a_claim_is_ready_with_its_lines_priced(practice: Organization) -> None:
    claim = made(builders.billable(practice), service("G0463", 1, 2, modifiers="25"), service("J0696", 2, units=4))
    version = claim.versions.get()
    assert (claim.state, claim.billed, version.total_cents) == (ClaimState.READY, Money(21_800), 21_800)
    assert [(line.code, line.units, line.charge_cents, line.pointers) for line in version.lines.all()] == [
        ("G0463", 1, 12_000, [1, 2]),
        ("J0696", 4, 9_800, [2]),
    ]
    typed = content.load(version.content)
    assert [line.modifiers for line in typed.lines] == [("25",), ()]
    assert typed.total_charge == Money.total(line.charge for line in typed.lines)
    assert [code.value for code in typed.diagnoses] == ["E1122", "R05"]


def test_final_coding_is_heard(practice: Organization) -> None:
    summary = builders.coding_summary(builders.billable(practice), service("G0463", 1))
    summary_finalised.send(SummaryFinalised(summary))
    assert Claim.objects.get().summary == summary


def test_the_same_summary_makes_one_claim(practice: Organization) -> None:
    summary = builders.coding_summary(builders.billable(practice), service("G0463", 1))
    assert make_claim(summary) == make_claim(summary)
    assert Claim.objects.count() == 1
    assert Charge.objects.count() == 1


def test_the_price_of_the_date_of_service_counts(practice: Organization) -> None:
    encounter = builders.billable(practice)
    ChargeItem.objects.filter(code="G0463").update(effective_to=date(2026, 11, 17))
    ChargeItem.objects.create(
        organization=practice, code="G0463", label="New", price_cents=13_333, effective_from=date(2026, 11, 18)
    )
    claim = made(encounter, service("G0463", on=date(2026, 11, 17)), service("G0463", units=3, on=date(2026, 11, 18)))
    assert [line.charge_cents for line in claim.versions.get().lines.all()] == [12_000, 39_999]


def test_numbers_are_short_unique_and_say_nothing_of_the_patient(practice: Organization) -> None:
    encounters = [builders.billable(practice) for _ in range(3)]
    claims = [made(encounter) for encounter in encounters]
    numbers = {claim.number for claim in claims}
    controls = {line.control for claim in claims for line in claim.versions.get().lines.all()}
    assert len(numbers) == len(controls) == 3
    assert all(number.startswith("HP26-") and len(number) <= 20 for number in numbers)
    assert all(len(control) <= 30 for control in controls)
    assert not any(encounter.patient.mrn in claim.number for encounter, claim in zip(encounters, claims, strict=True))


def test_a_code_without_a_price_holds_the_claim_and_charges_nothing_for_it(practice: Organization) -> None:
    claim = made(builders.billable(practice), service("G0463"), service("Q3014"))
    assert (claim.state, rules(claim)) == (ClaimState.HELD, ["billing.no-price"])
    assert [charge.code for charge in Charge.objects.all()] == ["G0463"]


def _no_payer(encounter: Encounter) -> None:
    encounter.patient.coverages.update(payer=None, payer_name="Somewhere Else")


def _no_coverage(encounter: Encounter) -> None:
    encounter.patient.coverages.all().delete()


def _no_member_id(encounter: Encounter) -> None:
    coverage = encounter.patient.coverages.get()
    coverage.member_id = " "
    coverage.save()


def _no_profile(encounter: Encounter) -> None:
    BillingProfile.objects.all().delete()


def _no_facility(encounter: Encounter) -> None:
    Encounter.objects.update(facility=None)


def _no_provider(encounter: Encounter) -> None:
    Encounter.objects.update(provider=None)


def _no_birth_date(encounter: Encounter) -> None:
    _change_patient(encounter, birth_date_text="")


def _no_address(encounter: Encounter) -> None:
    _change_patient(encounter, address={})


def _no_spelling(encounter: Encounter) -> None:
    _change_patient(encounter, family_name="岡田")


def _name_too_long(encounter: Encounter) -> None:
    _change_patient(encounter, given_name="A" * 36)


def _short_billing_zip(encounter: Encounter) -> None:
    BillingProfile.objects.update(postal_code="05001")


def _wrong_billing_npi(encounter: Encounter) -> None:
    BillingProfile.objects.update(npi="1234567890")


def _change_patient(encounter: Encounter, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(encounter.patient, name, value)
    encounter.patient.save()


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        (_no_payer, "billing.no-payer"),
        (_no_coverage, "billing.no-payer"),
        (_no_member_id, "billing.no-member-id"),
        (_no_profile, "billing.no-billing-profile"),
        (_no_facility, "billing.no-facility"),
        (_no_provider, "billing.no-provider"),
        (_no_birth_date, "billing.no-birth-date"),
        (_no_address, "billing.no-patient-address"),
        (_no_spelling, "x12.characters.no-spelling"),
        (_name_too_long, "x12.element.too-long"),
        (_short_billing_zip, "x12.837p.billing-zip"),
        (_wrong_billing_npi, "x12.837p.billing-npi"),
    ],
)
def test_what_is_missing_or_wrong_is_told_once_and_holds_the_claim(
    spoil: Any, rule: str, practice: Organization
) -> None:
    encounter = builders.billable(practice)
    spoil(encounter)
    encounter.refresh_from_db()
    claim = made(Encounter.objects.get(pk=encounter.pk))
    assert (claim.state, rules(claim)) == (ClaimState.HELD, [rule])
    sentence = claim.timeline.get().sentence
    assert "1 finding to settle" in sentence


def test_letters_with_accents_are_spelled_and_not_dropped(practice: Organization) -> None:
    claim = made(builders.billable(practice, family_name="Muñoz-Sørensen"))
    assert claim.state == ClaimState.READY


def test_two_rendering_providers_hold_the_claim(practice: Organization) -> None:
    from dataclasses import replace

    encounter = builders.billable(practice)
    other = builders.provider(builders.organization())
    other.organization, other.npi = practice, "1245319599"
    other.save()
    claim = made(encounter, service("G0463"), replace(service("J0696"), provider=str(other.uid)))
    assert rules(claim) == ["billing.two-providers"]


def test_an_inpatient_claim_carries_admission_and_discharge(practice: Organization) -> None:
    encounter = builders.billable(practice)
    Facility.objects.update(place_of_service="21")
    Encounter.objects.update(service_from=date(2026, 11, 16))
    claim = made(Encounter.objects.get(pk=encounter.pk))
    typed = content.load(claim.versions.get().content)
    assert (typed.admission_date, typed.discharge_date) == (date(2026, 11, 16), date(2026, 11, 18))
    assert claim.state == ClaimState.READY


@pytest.mark.parametrize(("diagnoses", "services", "rule"), [(13, 1, "x12.837p.diagnoses"), (2, 51, "x12.837p.lines")])
def test_more_than_a_claim_takes_is_told_and_never_dropped(
    diagnoses: int, services: int, rule: str, practice: Organization
) -> None:
    codes = [f"R{n:02d}" for n in range(diagnoses)]
    claim = made(builders.billable(practice), *[service("G0463")] * services, diagnoses=codes)
    assert (claim.state, rules(claim)) == (ClaimState.HELD, [rule])
    typed = content.load(claim.versions.get().content)
    assert (len(typed.diagnoses), len(typed.lines)) == (diagnoses, services)


def test_mending_the_cause_and_checking_again_makes_it_ready(practice: Organization, bea: Person) -> None:
    claim = made(builders.billable(practice), service("G0463"), service("Q3014"))
    builders.charge_item(practice, "Q3014", 2_500)
    claim = rebuild_claim(bea, claim.uid)
    assert (claim.state, claim.billed, rules(claim)) == (ClaimState.READY, Money(14_500), [])
    last = claim.timeline.last()
    assert last
    assert last.sentence == "Checked again by Bea Thornquist: 2 lines, nothing stops it."


def test_a_payer_set_up_later_is_found_by_checking_again(practice: Organization, bea: Person) -> None:
    encounter = builders.billable(practice)
    _no_payer(encounter)
    claim = made(encounter)
    Payer.objects.update(name="somewhere  else".title().replace("  ", " "))
    claim = rebuild_claim(bea, claim.uid)
    assert claim.state == ClaimState.READY


def test_what_is_still_missing_holds_it_still(practice: Organization, bea: Person) -> None:
    claim = made(builders.billable(practice), service("Q3014"))
    assert rebuild_claim(bea, claim.uid).state == ClaimState.HELD


def test_a_claim_is_told_to_the_journal_only_when_ready(
    practice: Organization, bea: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[ClaimMade] = []
    monkeypatch.setattr(claim_made, "_handlers", [told.append])
    claim = made(builders.billable(practice), service("Q3014"))
    assert told == []
    builders.charge_item(practice, "Q3014", 2_500)
    rebuild_claim(bea, claim.uid)
    assert [event.version.total_cents for event in told] == [2_500]


@pytest.mark.parametrize("uid", ["not-a-uid", "01975a00-0000-7000-8000-000000000000"])
def test_an_unknown_claim_is_not_found(uid: str, bea: Person) -> None:
    with pytest.raises(Denied):
        rebuild_claim(bea, uid)


def test_a_coder_or_a_strangers_biller_cannot_rebuild(practice: Organization) -> None:
    claim = made(builders.billable(practice), service("Q3014"))
    for person in (builders.coder(practice), builders.biller(builders.organization())):
        with pytest.raises(Denied):
            rebuild_claim(person, claim.uid)


def test_a_claim_that_is_out_is_not_built_again(practice: Organization, bea: Person) -> None:
    claim = made(builders.billable(practice))
    Claim.objects.update(state=ClaimState.SENT)
    with pytest.raises(Conflict, match="is sent"):
        rebuild_claim(bea, claim.uid)


def test_making_is_recorded_without_patient_data(practice: Organization) -> None:
    claim = made(builders.billable(practice))
    event = AuditEvent.objects.get(verb="billing.claim.made")
    assert event.subject == str(claim.encounter.patient.uid)
    assert "Okafor" not in str(event.detail)
