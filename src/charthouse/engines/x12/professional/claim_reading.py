"""Reads one professional claim from CLM to the next: loop 2300, providers, lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from charthouse.engines.x12.loops import Loop, RawSegment, Values, cut
from charthouse.engines.x12.professional.model import (
    Address,
    BillingProvider,
    ClaimLine,
    DrugQuantity,
    Patient,
    Payer,
    ProfessionalClaim,
    Provider,
    ServiceFacility,
    Subscriber,
)
from charthouse.engines.x12.segment import Segment
from charthouse.kit import Code, Money, ServiceDates

_NO_DATES = ServiceDates.on(date.min)


@dataclass(frozen=True, slots=True)
class Parties:
    """Whom a claim is under: the levels above it."""

    billing_provider: BillingProvider
    subscriber: Subscriber
    payer: Payer
    patient: Patient | None


class _Providers(NamedTuple):
    referring: Provider | None
    rendering: Provider | None
    facility: ServiceFacility | None
    unread: tuple[RawSegment, ...]


def read_claim(segments: list[Segment], parties: Parties, values: Values) -> ProfessionalClaim:
    """Read one claim; what cannot be read is reported and given a neutral value the caller throws away."""
    head, lines = cut(segments, "LX")
    # Other subscribers (2320) repeat names and amounts of other payers; they are kept apart, unread.
    own, other = cut(head, "SBR")
    claim_segments, names = cut(own, "NM1")
    loop = Loop("2300", claim_segments, values)
    claim = loop.take("CLM")
    providers = _providers(names, values)
    causes = claim.components(11)
    return ProfessionalClaim(
        billing_provider=parties.billing_provider,
        subscriber=parties.subscriber,
        payer=parties.payer,
        patient=parties.patient,
        patient_control_number=claim.get(1),
        total_charge=values.money(claim, 2, "2300") or Money(0),
        place_of_service=_required_component(claim, 1, values),
        frequency=claim.component(5, 3),
        provider_signature=claim.get(6),
        assignment=claim.get(7),
        benefits_assigned=claim.get(8),
        release=claim.get(9),
        accident_causes=tuple(cause for cause in causes[:3] if cause),
        accident_state=claim.component(11, 4),
        onset_date=_day(loop, "431"),
        accident_date=_day(loop, "439"),
        admission_date=_day(loop, "435"),
        discharge_date=_day(loop, "096"),
        referral_number=_reference(loop, "9F"),
        prior_authorization=_reference(loop, "G1"),
        original_reference=_reference(loop, "F8"),
        clearinghouse_number=_reference(loop, "D9"),
        patient_paid=values.optional_money(loop.take("AMT", "F5"), 2, "2300"),
        note=loop.take("NTE", "ADD").get(2),
        diagnoses=_diagnoses(loop),
        referring_provider=providers.referring,
        rendering_provider=providers.rendering,
        service_facility=providers.facility,
        lines=tuple(_line(line, values) for line in lines),
        unread=loop.left + providers.unread + tuple(segment.raw for stretch in other for segment in stretch),
    )


def read_address(loop: Loop) -> Address:
    """N3 and N4; blank where they are absent."""
    street, place = loop.take("N3"), loop.take("N4")
    return Address(street.get(1), place.get(1), place.get(2), place.get(3), street.get(2))


def _day(loop: Loop, qualifier: str) -> date | None:
    return loop.values.day(loop.take("DTP", qualifier), 3, "2300")


def _reference(loop: Loop, qualifier: str) -> str:
    return loop.take("REF", qualifier).get(2)


def _required_component(claim: Segment, number: int, values: Values) -> str:
    if not (text := claim.component(5, number)):
        values.fault(claim, 5, "x12.element.missing", "CLM05 with the place of service is required.", "2300")
    return text


def _diagnoses(loop: Loop) -> tuple[Code, ...]:
    codes: list[Code] = []
    while segment := loop.take_matching(_is_diagnoses):
        codes += [Code.icd10cm(segment.component(n, 2)) for n in range(1, len(segment.elements))]
    return tuple(codes)


def _is_diagnoses(segment: Segment) -> bool:
    # HI also carries anaesthesia procedures and condition codes, under other qualifiers.
    return segment.id == "HI" and segment.component(1, 1) in {"ABK", "ABF"}


def _providers(names: list[list[Segment]], values: Values) -> _Providers:
    found: dict[str, Loop] = {}
    unread: list[RawSegment] = []
    for name in names:
        qualifier = name[0].get(1)
        if qualifier in {"DN", "82", "77"} and qualifier not in found:
            found[qualifier] = Loop("2310", name, values)
        else:
            unread += [segment.raw for segment in name]
    referring, rendering = _provider(found.get("DN")), _provider(found.get("82"))
    facility = _facility(found.get("77"))
    left = [segment for loop in found.values() for segment in loop.left]
    return _Providers(referring, rendering, facility, (*unread, *left))


def _provider(loop: Loop | None) -> Provider | None:
    if loop is None:
        return None
    name, specialty = loop.take("NM1"), loop.take("PRV", "PE")
    return Provider(name.get(3), name.get(9), name.get(4), name.get(5), specialty.get(3))


def _facility(loop: Loop | None) -> ServiceFacility | None:
    if loop is None:
        return None
    name = loop.take("NM1")
    return ServiceFacility(name.get(3), read_address(loop), name.get(9))


def _line(segments: list[Segment], values: Values) -> ClaimLine:
    # Line providers (2420) and other payers' decisions (2430) have segments of the same ids; they stay unread.
    own, other = cut(segments, "NM1", "SVD")
    loop = Loop("2400", own, values)
    loop.take("LX")
    service, dates = loop.require("SV1"), loop.require("DTP", "472")
    code = [*service.components(1), *[""] * 7]
    return ClaimLine(
        procedure=code[1],
        modifiers=tuple(modifier for modifier in code[2:6] if modifier),
        description=code[6],
        charge=values.money(service, 2, "2400") or Money(0),
        unit=service.get(3),
        units=values.decimal(service, 4, "2400"),
        place_of_service=service.get(5),
        pointers=_pointers(service, values),
        dates=(values.dates(dates, "2400") if dates.id else None) or _NO_DATES,
        control_number=loop.take("REF", "6R").get(2),
        note=loop.take("NTE", "ADD").get(2),
        drug=_drug(loop),
        unread=loop.left + tuple(segment.raw for stretch in other for segment in stretch),
    )


def _pointers(service: Segment, values: Values) -> tuple[int, ...]:
    texts = [text for text in service.components(7) if text]
    if not all(text.isascii() and text.isdigit() for text in texts):
        values.fault(service, 7, "x12.element.number", "A diagnosis pointer is not a number.", "2400")
        return ()
    return tuple(int(text) for text in texts)


def _drug(loop: Loop) -> DrugQuantity | None:
    item = loop.take("LIN", "N4", at=2)
    if not item.id:
        return None
    amount = loop.take("CTP")
    return DrugQuantity(item.get(3), loop.values.decimal(amount, 4, "2410"), amount.component(5, 1))
