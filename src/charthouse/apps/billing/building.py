"""Building the typed claim from what coding made final and from the practice's master data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from charthouse.apps.billing.models import Charge, Claim
from charthouse.apps.charts.models import Coverage, Encounter
from charthouse.apps.coding.content import FinalCoding
from charthouse.apps.practice.models import Address as StoredAddress
from charthouse.apps.practice.models import BillingProfile, Facility, Payer, Provider
from charthouse.apps.practice.selectors import billing_profile
from charthouse.engines import x12
from charthouse.kit import Code, Money, ServiceDates, Sex

INPATIENT = "21"


@dataclass(frozen=True, slots=True)
class Sources:
    """What a claim is built from. What is None is missing, and a finding says so."""

    claim: Claim
    coding: FinalCoding
    charges: Sequence[Charge]
    profile: BillingProfile | None
    coverage: Coverage | None
    payer: Payer | None
    facility: Facility | None
    providers: tuple[Provider, ...]

    @property
    def encounter(self) -> Encounter:
        """The encounter that is billed."""
        return self.claim.encounter


def gather(claim: Claim, coding: FinalCoding, charges: Sequence[Charge]) -> Sources:
    """Look up the master data of a claim as it is now."""
    encounter = claim.encounter
    return Sources(
        claim=claim,
        coding=coding,
        charges=charges,
        profile=billing_profile(encounter.organization),
        coverage=claim.coverage,
        payer=claim.payer,
        facility=encounter.facility,
        providers=_rendering_providers(encounter, coding),
    )


def primary_coverage(encounter: Encounter) -> Coverage | None:
    """The coverage that pays first."""
    return encounter.patient.coverages.select_related("payer__channel").order_by("rank", "id").first()


def line_control(claim: Claim, version: int, position: int) -> str:
    """REF*6R: claim number, version and line, never used twice."""
    return f"{claim.number}-{version}-{position:02d}"


def build(sources: Sources, version: int) -> x12.ProfessionalClaim:
    """The claim as far as the sources reach; what is missing is blank and has its finding."""
    claim, encounter, facility = sources.claim, sources.encounter, sources.facility
    place = facility.place_of_service if facility else ""
    return x12.ProfessionalClaim(
        billing_provider=_billing_provider(sources.profile),
        subscriber=_subscriber(sources),
        payer=x12.Payer(sources.payer.name, sources.payer.payer_id) if sources.payer else x12.Payer("", ""),
        patient_control_number=claim.number,
        total_charge=Money.total(Money(charge.amount_cents) for charge in sources.charges),
        place_of_service=place,
        diagnoses=tuple(Code.icd10cm(diagnosis.code) for diagnosis in sources.coding.diagnoses),
        lines=tuple(_line(claim, version, n, charge) for n, charge in enumerate(sources.charges, start=1)),
        admission_date=encounter.service_from if place == INPATIENT else None,
        discharge_date=encounter.service_to if place == INPATIENT else None,
        rendering_provider=_provider(sources.providers[0]) if sources.providers else None,
        service_facility=_service_facility(facility, sources.profile),
    )


def _rendering_providers(encounter: Encounter, coding: FinalCoding) -> tuple[Provider, ...]:
    """Every provider the services name; the encounter's own for services that name none."""
    named = {service.provider for service in coding.procedures if service.provider}
    found = list(Provider.objects.filter(organization=encounter.organization, uid__in=named).order_by("id"))
    names_none = not coding.procedures or any(not service.provider for service in coding.procedures)
    if names_none and encounter.provider and encounter.provider not in found:
        found.insert(0, encounter.provider)
    return tuple(found)


def _line(claim: Claim, version: int, position: int, charge: Charge) -> x12.ClaimLine:
    return x12.ClaimLine(
        procedure=charge.code,
        charge=Money(charge.amount_cents),
        units=Decimal(charge.units),
        dates=ServiceDates.on(charge.service_date),
        control_number=line_control(claim, version, position),
        pointers=tuple(charge.pointers),
        modifiers=tuple(charge.modifiers),
    )


def _billing_provider(profile: BillingProfile | None) -> x12.BillingProvider:
    if profile is None:
        return x12.BillingProvider("", "", "", x12.Address("", "", "", ""))
    return x12.BillingProvider(
        profile.legal_name, profile.npi, profile.tax_id, _address(profile), taxonomy=profile.taxonomy
    )


def _subscriber(sources: Sources) -> x12.Subscriber:
    """The patient is the subscriber (relationship 18)."""
    patient, coverage, payer = sources.encounter.patient, sources.coverage, sources.payer
    line, city, state, zip_code = (patient.address.get(part, "") for part in ("line", "city", "state", "postal_code"))
    return x12.Subscriber(
        person=x12.Person(
            family_name=patient.family_name,
            given_name=patient.given_name,
            middle_name=patient.middle_name,
            birth_date=patient.birth_date,
            sex=next((sex for sex in Sex if sex == patient.sex), Sex.UNKNOWN),
            address=x12.Address(line, city, state, zip_code.replace("-", "")),
        ),
        member_id=coverage.member_id if coverage else "",
        group_number=coverage.group_number if coverage else "",
        filing_code=payer.claim_filing if payer else "",
    )


def _provider(provider: Provider) -> x12.Provider:
    return x12.Provider(provider.family_name, provider.npi, provider.given_name, taxonomy=provider.taxonomy)


def _service_facility(facility: Facility | None, profile: BillingProfile | None) -> x12.ServiceFacility | None:
    """Loop 2310C only where the place differs from the billing provider's."""
    if facility is None or (profile and _address(facility) == _address(profile)):
        return None
    return x12.ServiceFacility(facility.name, _address(facility), facility.npi)


def _address(place: StoredAddress) -> x12.Address:
    return x12.Address(place.address_line, place.city, place.state, place.postal_code)
