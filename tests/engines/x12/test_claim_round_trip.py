"""A professional claim that is written and read again is the same claim."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from charthouse.engines.x12 import (
    Delimiters,
    Patient,
    Person,
    ProfessionalClaim,
    ProfessionalClaims,
    Subscriber,
    write_interchange,
)
from charthouse.kit import Money, ServiceDates, Sex
from tests.engines.x12.examples import (
    CLAIM,
    LINE,
    SUBSCRIBER,
    changed,
    claims_set,
    interchange_of,
    read_one,
    there_and_back,
)
from tests.engines.x12.strategies import claims

CHILD = Patient(Person("QUIGLEY", "ROSA", birth_date=date(2010, 2, 13), sex=Sex.FEMALE), "19")


def _levels(claims_body: ProfessionalClaims) -> list[str]:
    data = write_interchange(interchange_of("837", claims_body)).decode()
    return [line.removesuffix("~") for line in data.splitlines() if line.startswith("HL*")]


@settings(max_examples=150, deadline=None)
@given(st.lists(claims(), min_size=1, max_size=3))
def test_any_claims_come_back_as_they_were_written(some: list[ProfessionalClaim]) -> None:
    interchange = interchange_of("837", claims_set(*some))
    assert there_and_back(interchange) == interchange


@settings(max_examples=30, deadline=None)
@given(claims())
def test_a_claim_survives_other_delimiters(claim: ProfessionalClaim) -> None:
    interchange = interchange_of("837", claims_set(claim), delimiters=Delimiters("|", ">", "!", "\\"))
    assert there_and_back(interchange) == interchange


def test_several_sets_and_an_order_of_claims_are_kept() -> None:
    other = replace(CLAIM, patient_control_number="CH0002B", subscriber=Subscriber(SUBSCRIBER.person, "MBR2"))
    interchange = interchange_of("837", claims_set(CLAIM, other, CLAIM), claims_set(other))
    assert there_and_back(interchange) == interchange


def test_neighbours_share_their_billing_provider_and_subscriber_levels() -> None:
    second = changed(patient_control_number="CH0002B")
    assert _levels(claims_set(CLAIM, second)) == ["HL*1**20*1", "HL*2*1*22*0"]


def test_a_patient_other_than_the_subscriber_gets_a_level_below_the_subscriber() -> None:
    body = claims_set(CLAIM, changed(patient=CHILD), changed(patient=CHILD, patient_control_number="C3"))
    assert _levels(body) == ["HL*1**20*1", "HL*2*1*22*0", "HL*3*1*22*1", "HL*4*3*23*0"]
    assert there_and_back(interchange_of("837", body)) == interchange_of("837", body)


def test_the_relationship_is_self_only_where_the_subscriber_is_the_patient() -> None:
    own = write_interchange(interchange_of("837", claims_set(CLAIM))).decode()
    child = write_interchange(interchange_of("837", claims_set(changed(patient=CHILD)))).decode()
    assert "SBR*P*18*" in own
    assert "SBR*P**" in child
    assert "PAT*19~" in child


def test_a_day_is_written_as_d8_and_a_span_as_rd8() -> None:
    span = replace(LINE, dates=ServiceDates(date(2026, 3, 1), date(2026, 3, 31)))
    data = write_interchange(interchange_of("837", claims_set(changed(lines=(LINE, span))))).decode()
    assert "DTP*472*D8*20260310~" in data
    assert "DTP*472*RD8*20260301-20260331~" in data


def test_fractions_of_a_unit_and_of_a_dollar_are_exact() -> None:
    line = replace(LINE, units=Decimal("0.5"), charge=Money(5), unit="MJ")
    body = claims_set(changed(lines=(line,), total_charge=Money(5)))
    data = write_interchange(interchange_of("837", body)).decode()
    assert "SV1*HC:G0463*.05*MJ*.5***1:2~" in data
    assert there_and_back(interchange_of("837", body)) == interchange_of("837", body)


def test_every_line_carries_its_control_number() -> None:
    lines = tuple(replace(LINE, control_number=f"L{n}") for n in range(1, 51))
    data = write_interchange(interchange_of("837", claims_set(changed(lines=lines)))).decode()
    assert data.count("REF*6R*L") == 50


def test_segments_the_model_has_no_field_for_are_kept_unread() -> None:
    data = write_interchange(interchange_of("837", claims_set(CLAIM)))
    data = data.replace(b"HI*ABK", b"REF*EA*MRN1~HI*ABK").replace(b"SE*27", b"SE*28")
    (group,) = read_one(data).interchange.groups
    body = group.sets[0].body
    assert isinstance(body, ProfessionalClaims)
    assert body.claims[0].unread == (("REF", "EA", "MRN1"),)


def test_another_payer_s_decisions_do_not_spill_into_the_claim() -> None:
    other = b"SBR*S*18*******CI~AMT*D*10~OI***Y***Y~NM1*IL*1*OTHER*PERSON****MI*X1~NM1*PR*2*OTHER PLAN*****PI*9~LX*1~"
    data = write_interchange(interchange_of("837", claims_set(CLAIM)))
    data = data.replace(b"LX*1~", other).replace(b"SE*27", b"SE*32")
    read = read_one(data)
    assert read.faults == ()
    body = read.interchange.groups[0].sets[0].body
    assert isinstance(body, ProfessionalClaims)
    claim = body.claims[0]
    assert replace(claim, unread=()) == CLAIM
    assert [segment[0] for segment in claim.unread] == ["SBR", "AMT", "OI", "NM1", "NM1"]
