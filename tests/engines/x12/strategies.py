"""Hypothesis strategies for claims and remittances whose text is already in X12's letters."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from charthouse.engines.x12 import (
    Address,
    Adjustment,
    BankRoute,
    BillingProvider,
    ClaimLine,
    DrugQuantity,
    Patient,
    Payer,
    Person,
    ProfessionalClaim,
    Provider,
    ProviderAdjustment,
    Remittance,
    RemittanceClaim,
    RemittanceLine,
    RemittancePatient,
    RemittancePayee,
    RemittancePayer,
    ServiceFacility,
    Subscriber,
)
from charthouse.kit import Code, Money, ServiceDates, Sex
from tests.engines.x12.examples import NPI, OTHER_NPI

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_STATES = ("TX", "CO", "FL", "MA")
_PLACES = ("11", "12", "21", "22", "23", "02", "10")
_DIAGNOSES = ("E119", "I10", "J069", "M5450", "N390", "R059", "Z0000", "K219", "F411", "E785", "E1122", "I509")
_SERVICES = ("G0463", "G0008", "J1885", "A4253", "E0601", "Q3014")
_TAXONOMIES = ("207Q00000X", "207R00000X", "")


def word(longest: int) -> st.SearchStrategy[str]:
    return st.text(_LETTERS, min_size=1, max_size=longest)


def words(longest: int) -> st.SearchStrategy[str]:
    return st.lists(word(max(longest // 4, 1)), min_size=1, max_size=3).map(" ".join)


def maybe(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.just("") | strategy


days = st.dates(date(2026, 1, 1), date(2026, 9, 30))
births = st.dates(date(1930, 1, 1), date(2025, 12, 31))
amounts = st.integers(0, 9_999_999).map(Money)
quantities = st.decimals(Decimal("0.1"), Decimal(999), places=1) | st.integers(1, 999).map(Decimal)
identifiers = st.text(_LETTERS, min_size=2, max_size=20)
npis = st.sampled_from((NPI, OTHER_NPI))


@st.composite
def spans(draw: st.DrawFn) -> ServiceDates:
    start = draw(days)
    return ServiceDates(start, start + timedelta(days=draw(st.integers(0, 30))))


addresses = st.builds(
    Address,
    words(55),
    words(30).filter(lambda city: len(city) > 1),
    st.sampled_from(_STATES),
    st.just("787011234"),
    maybe(words(55)),
)
people = st.builds(
    Person,
    words(60),
    word(35),
    maybe(word(25)),
    maybe(word(10)),
    births,
    st.sampled_from(Sex),
    addresses,
)
providers = st.builds(Provider, words(60), npis, word(35), maybe(word(25)))
rendering = st.builds(Provider, words(60), npis, word(35), maybe(word(25)), st.sampled_from(_TAXONOMIES))
facilities = st.builds(ServiceFacility, words(60), addresses, npis)
drugs = st.builds(DrugQuantity, st.just("00409128331"), quantities, st.sampled_from(("ML", "UN", "GR")))
billing_providers = st.builds(
    BillingProvider, words(60), npis, st.just("741234567"), addresses, st.sampled_from(_TAXONOMIES), maybe(word(35))
)
subscribers = st.builds(Subscriber, people, identifiers, st.sampled_from("PST"), maybe(word(30)))
patients = st.builds(Patient, people, st.sampled_from(("01", "19", "20", "21")))
payers = st.builds(Payer, words(60), identifiers, st.none() | addresses)


@st.composite
def claim_lines(draw: st.DrawFn, diagnoses: int) -> ClaimLine:
    pointers = draw(st.lists(st.integers(1, diagnoses), min_size=1, max_size=4, unique=True))
    return ClaimLine(
        procedure=draw(st.sampled_from(_SERVICES)),
        charge=draw(amounts),
        units=draw(quantities),
        dates=draw(spans()),
        control_number=draw(word(30)),
        pointers=tuple(pointers),
        modifiers=tuple(draw(st.lists(st.sampled_from(("25", "59", "GT", "LT", "XS")), max_size=4, unique=True))),
        unit=draw(st.sampled_from(("UN", "MJ"))),
        place_of_service=draw(st.sampled_from(("", "11", "22"))),
        description=draw(maybe(words(80))),
        note=draw(maybe(words(80))),
        drug=draw(st.none() | drugs),
    )


@st.composite
def claims(draw: st.DrawFn) -> ProfessionalClaim:
    diagnoses = draw(st.lists(st.sampled_from(_DIAGNOSES), min_size=1, max_size=12, unique=True))
    lines = tuple(draw(st.lists(claim_lines(len(diagnoses)), min_size=1, max_size=4)))
    is_accident = draw(st.booleans())
    return ProfessionalClaim(
        billing_provider=draw(billing_providers),
        subscriber=draw(subscribers),
        payer=draw(payers),
        patient=draw(st.none() | patients),
        patient_control_number=draw(word(20)),
        total_charge=Money.total(line.charge for line in lines),
        place_of_service=draw(st.sampled_from(_PLACES)),
        diagnoses=tuple(Code.icd10cm(code) for code in diagnoses),
        lines=lines,
        frequency=draw(st.sampled_from("178")),
        accident_causes=("AA",) if is_accident else (),
        accident_state="TX" if is_accident else "",
        accident_date=draw(days) if is_accident else None,
        onset_date=draw(st.none() | days),
        admission_date=draw(st.none() | days),
        discharge_date=draw(st.none() | days),
        patient_paid=draw(st.none() | amounts),
        original_reference=draw(maybe(word(50))),
        prior_authorization=draw(maybe(word(50))),
        referral_number=draw(maybe(word(50))),
        clearinghouse_number=draw(maybe(word(20))),
        note=draw(maybe(words(80))),
        referring_provider=draw(st.none() | providers),
        rendering_provider=draw(st.none() | rendering),
        service_facility=draw(st.none() | facilities),
    )


signed_amounts = st.integers(-9_999_999, 9_999_999).map(Money)
adjustments = st.lists(
    st.builds(
        Adjustment,
        st.sampled_from(("CO", "OA", "PI", "PR")),
        st.sampled_from(("1", "2", "3", "45", "97", "253")),
        signed_amounts,
        st.none() | st.integers(1, 99).map(Decimal),
    ),
    max_size=14,
).map(tuple)

remittance_lines = st.builds(
    RemittanceLine,
    procedure=st.sampled_from(_SERVICES),
    billed=amounts,
    paid=signed_amounts,
    modifiers=st.lists(st.sampled_from(("25", "59", "GT")), max_size=3, unique=True).map(tuple),
    revenue_code=maybe(st.just("0450")),
    units_paid=st.none() | quantities,
    procedure_sent=maybe(st.sampled_from(_SERVICES)),
    units_billed=st.none() | quantities,
    dates=st.none() | spans(),
    adjustments=adjustments,
    control_number=maybe(word(30)),
    allowed=st.none() | amounts,
    remarks=st.lists(st.sampled_from(("N130", "MA01")), max_size=2, unique=True).map(tuple),
)
remittance_claims = st.builds(
    RemittanceClaim,
    patient_control_number=word(38),
    status=st.sampled_from(("1", "2", "3", "4", "22")),
    billed=amounts,
    paid=signed_amounts,
    patient_responsibility=st.none() | amounts,
    filing_code=st.just("12"),
    payer_control_number=word(30),
    facility_code=maybe(st.just("11")),
    frequency=maybe(st.just("1")),
    adjustments=adjustments,
    patient=st.builds(RemittancePatient, words(60), word(35), maybe(word(25)), word(20), st.just("MI")),
    rendering_provider=st.none() | providers,
    remarks=st.lists(st.sampled_from(("N130", "MA01", "MA18")), max_size=3, unique=True).map(tuple),
    dates=st.none() | spans(),
    received_on=st.none() | days,
    lines=st.lists(remittance_lines, max_size=3).map(tuple),
)
remittances = st.builds(
    Remittance,
    number=word(50),
    originator=st.just("1512345678"),
    amount=amounts,
    paid_on=days,
    payer=st.builds(RemittancePayer, words(60), addresses, contact_name=words(60), contact_phone=st.just("8005550100")),
    payee=st.builds(
        RemittancePayee, words(60), npis, address=st.none() | addresses, tax_id=maybe(st.just("741234567"))
    ),
    claims=st.lists(remittance_claims, min_size=1, max_size=3).map(tuple),
    provider_adjustments=st.lists(
        st.builds(
            ProviderAdjustment, npis, st.just(date(2026, 12, 31)), st.just("WO"), signed_amounts, maybe(word(30))
        ),
        max_size=8,
    ).map(tuple),
    method=st.just("CHK"),
    route=st.just(BankRoute()),
    receiver_id=maybe(word(30)),
    produced_on=st.none() | days,
)
