"""Each part of a claim that may be there or not: when it is built, from what, and when it is left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from charthouse.apps.accounts.models import Organization, Person
from charthouse.apps.billing import content
from charthouse.apps.billing.actions import make_claim, rebuild_claim, send_claims
from charthouse.apps.billing.models import Claim, ClaimState
from charthouse.apps.charts.models import Coverage, Encounter
from charthouse.apps.core.clock import today
from charthouse.apps.practice.models import BillingProfile, Payer, Provider
from charthouse.engines.x12 import ProfessionalClaim
from charthouse.kit import Money, ServiceDates, Sex
from tests.apps import builders
from tests.apps.builders import service


def typed(claim: Claim) -> ProfessionalClaim:
    """The latest version as typed data."""
    return content.load(claim.versions.order_by("-version")[0].content)


def made(of: Encounter, *services: builders.Service) -> ProfessionalClaim:
    fresh = Encounter.objects.get(pk=of.pk)
    return typed(make_claim(builders.coding_summary(fresh, *(services or (service("G0463", 1),)))))


@pytest.fixture
def visit(practice: Organization) -> Encounter:
    """An encounter with everything a claim needs."""
    return builders.billable(practice)


def change_patient(visit: Encounter, **fields: object) -> None:
    patient = Encounter.objects.get(pk=visit.pk).patient
    for name, value in fields.items():
        setattr(patient, name, value)
    patient.save()


def test_the_place_of_service_is_named_where_it_differs_from_the_billing_address(visit: Encounter) -> None:
    named = made(visit).service_facility
    assert visit.facility
    assert named
    assert (named.name, named.npi) == (visit.facility.name, visit.facility.npi)
    assert (named.address.line, named.address.city) == ("2 TEST WAY", "MARLOW")


def test_the_place_of_service_is_left_out_where_it_is_the_billing_address(visit: Encounter) -> None:
    facility, profile = visit.facility, BillingProfile.objects.get()
    assert facility
    for part in ("address_line", "city", "state", "postal_code"):
        setattr(facility, part, getattr(profile, part))
    facility.save()
    claim = made(visit)
    assert claim.service_facility is None
    assert claim.place_of_service == "11"


@pytest.mark.parametrize(("place", "stays"), [("11", False), ("21", True), ("22", False), ("23", False)])
def test_admission_and_discharge_are_for_inpatients_only(place: str, stays: bool, visit: Encounter) -> None:
    assert visit.facility
    visit.facility.place_of_service = place
    visit.facility.save()
    claim = made(visit)
    assert claim.place_of_service == place
    days = (visit.service_from, visit.service_to) if stays else (None, None)
    assert (claim.admission_date, claim.discharge_date) == days


def test_the_encounters_provider_renders_what_names_nobody(visit: Encounter) -> None:
    rendering = made(visit).rendering_provider
    assert rendering
    assert (rendering.name, rendering.given_name, rendering.npi) == ("Varga", "Lena", "1234567893")
    assert rendering.taxonomy == "207R00000X"


def test_a_provider_named_by_every_service_renders_instead(visit: Encounter, practice: Organization) -> None:
    osei = Provider.objects.create(
        organization=practice, family_name="Osei", given_name="Kofi", npi="1245319599", taxonomy="207Q00000X"
    )
    by_osei = [replace(service(code, 1), provider=str(osei.uid)) for code in ("G0463", "J0696")]
    rendering = made(visit, *by_osei).rendering_provider
    assert rendering
    assert rendering.npi == "1245319599"


def test_a_provider_of_another_practice_is_never_taken(visit: Encounter) -> None:
    foreign = builders.provider(builders.organization())
    claim = made(visit, replace(service("G0463", 1), provider=str(foreign.uid)))
    assert claim.rendering_provider is None


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"middle_name": ""}, ("Maren", "", Sex.FEMALE)),
        ({"middle_name": "Thandiwe"}, ("Maren", "Thandiwe", Sex.FEMALE)),
        ({"sex": "M"}, ("Maren", "T", Sex.MALE)),
        ({"sex": "X"}, ("Maren", "T", Sex.UNKNOWN)),
        ({"sex": ""}, ("Maren", "T", Sex.UNKNOWN)),
        ({"given_name": ""}, ("", "T", Sex.FEMALE)),
    ],
)
def test_the_patient_as_far_as_known(fields: dict[str, str], expected: tuple[str, str, Sex], visit: Encounter) -> None:
    change_patient(visit, **fields)
    person = made(visit).subscriber.person
    assert (person.given_name, person.middle_name, person.sex) == expected


@pytest.mark.parametrize(
    ("written", "sent"), [("05001", "05001"), ("05001-0001", "050010001"), ("050010001", "050010001")]
)
def test_a_zip_code_is_sent_without_its_dash(written: str, sent: str, visit: Encounter) -> None:
    change_patient(visit, address={"line": "3 TEST WAY", "city": "MARLOW", "state": "VT", "postal_code": written})
    address = made(visit).subscriber.person.address
    assert address
    assert address.postal_code == sent


@pytest.mark.parametrize("group", ["", "GRP-77"])
def test_a_group_number_is_sent_when_there_is_one(group: str, visit: Encounter) -> None:
    coverage = visit.patient.coverages.get()
    coverage.group_number = group
    coverage.save()
    subscriber = made(visit).subscriber
    assert (subscriber.group_number, subscriber.member_id) == (group, "TM123456")


@pytest.mark.parametrize("filing", ["CI", "MB", "BL"])
def test_the_filing_code_is_the_payers(filing: str, visit: Encounter) -> None:
    Payer.objects.update(claim_filing=filing)
    assert made(visit).subscriber.filing_code == filing


def test_the_coverage_that_pays_first_is_billed(visit: Encounter, practice: Organization) -> None:
    second = builders.payer(practice, "Second Payer")
    Coverage.objects.create(patient=visit.patient, payer=second, member_id="S2", group_number="", rank=2)
    claim = made(visit)
    assert (claim.payer.name, claim.subscriber.member_id) == ("Test Payer", "TM123456")
    Coverage.objects.filter(rank=1).update(rank=3)
    other = builders.encounter(practice, of=visit.patient)
    assert made(other).payer.name == "Second Payer"


def test_lines_carry_price_times_units_on_their_own_days(visit: Encounter) -> None:
    Encounter.objects.update(service_to=date(2026, 11, 20))
    claim = made(visit, service("G0463", 1, modifiers="25 59"), service("J0696", 2, 1, units=7, on=date(2026, 11, 20)))
    first, second = claim.lines
    assert (first.charge, second.charge) == (Money(12_000), Money(17_150))
    assert (first.modifiers, second.modifiers) == (("25", "59"), ())
    assert (first.pointers, second.pointers) == ((1,), (2, 1))
    assert second.dates == ServiceDates.on(date(2026, 11, 20))
    assert claim.total_charge == Money(29_150)
    assert [line.control_number for line in claim.lines] == [f"{claim.patient_control_number}-1-0{n}" for n in (1, 2)]


def test_the_number_has_the_practices_prefix_and_the_year(visit: Encounter) -> None:
    BillingProfile.objects.update(claim_prefix="ZZ99")
    number = made(visit).patient_control_number
    assert number.startswith(f"ZZ99{today():%y}-")
    assert len(number) <= 20
    assert Claim.objects.get().number == number


def test_without_a_billing_profile_it_is_held_under_a_number_all_the_same(visit: Encounter) -> None:
    BillingProfile.objects.all().delete()
    claim = made(visit)
    assert claim.patient_control_number.startswith(f"CH{today():%y}-")
    assert claim.billing_provider.npi == ""
    assert Claim.objects.get().state == ClaimState.HELD


def test_checking_again_keeps_the_number_and_the_version_while_it_is_unsent(visit: Encounter, bea: Person) -> None:
    before = made(visit)
    claim = Claim.objects.get()
    for _ in range(2):
        rebuild_claim(bea, claim.uid)
    assert typed(claim) == before
    assert [(version.version, version.lines.count()) for version in claim.versions.all()] == [(1, 1)]


def test_what_was_sent_stays_and_a_rejected_claim_gets_a_new_version(visit: Encounter, bea: Person) -> None:
    made(visit)
    claim = Claim.objects.get()
    send_claims(bea, [claim.uid])
    sent = claim.versions.get()
    Claim.objects.update(state=ClaimState.REJECTED)
    change_patient(visit, middle_name="")
    rebuild_claim(bea, claim.uid)
    first, second = claim.versions.all()
    assert (first.version, first.sha256, first.interchange_id) == (1, sent.sha256, sent.interchange_id)
    assert (second.version, second.interchange_id) == (2, None)
    assert content.load(first.content).subscriber.person.middle_name == "T"
    assert content.load(second.content).subscriber.person.middle_name == ""
    assert second.lines.get().control == f"{claim.number}-2-01"


REPAIRS: dict[str, Callable[[Encounter], object]] = {
    "billing.no-birth-date": lambda visit: change_patient(visit, birth_date_text="1959-03-04"),
    "billing.no-patient-address": lambda visit: change_patient(
        visit, address={"line": "3 TEST WAY", "city": "MARLOW", "state": "VT", "postal_code": "05001"}
    ),
}


@pytest.mark.parametrize(
    ("rule", "spoilt"),
    [("billing.no-birth-date", {"birth_date_text": ""}), ("billing.no-patient-address", {"address": {}})],
)
def test_a_gap_is_closed_by_filling_it_and_checking_again(
    rule: str, spoilt: dict[str, object], visit: Encounter, bea: Person
) -> None:
    change_patient(visit, **spoilt)
    made(visit)
    claim = Claim.objects.get()
    assert [finding["rule"] for finding in claim.versions.get().findings] == [rule]
    REPAIRS[rule](visit)
    assert rebuild_claim(bea, claim.uid).state == ClaimState.READY
    assert claim.versions.get().findings == []
