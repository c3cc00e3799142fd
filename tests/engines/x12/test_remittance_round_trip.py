"""A remittance that is written and read again is the same remittance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings

from charthouse.engines.x12 import Adjustment, BankRoute, Remittance, RemittanceClaim, write_interchange
from charthouse.kit import Money
from tests.engines.x12.examples import interchange_of, there_and_back
from tests.engines.x12.remits import CLAIM_PAID, REMITTANCE, remittance_of
from tests.engines.x12.strategies import remittances


@settings(max_examples=150, deadline=None)
@given(remittances)
def test_any_remittance_comes_back_as_it_was_written(remittance: Remittance) -> None:
    interchange = interchange_of("835", remittance)
    assert there_and_back(interchange) == interchange


def test_a_bank_route_comes_back_as_it_was_written() -> None:
    route = BankRoute(
        "CCP", "01", "021000021", "DA", "123456789", "1512345678", "", "01", "111000025", "DA", "987654321"
    )
    interchange = interchange_of("835", replace(REMITTANCE, method="ACH", route=route))
    assert there_and_back(interchange) == interchange


def test_seven_adjustments_of_a_group_take_two_segments() -> None:
    seven = tuple(Adjustment("CO", str(n), Money(n)) for n in range(1, 8))
    claim = RemittanceClaim("A1", "1", Money(28), Money(0), adjustments=seven)
    data = write_interchange(interchange_of("835", remittance_of(claim))).decode()
    assert "CAS*CO*1*.01**2*.02**3*.03**4*.04**5*.05**6*.06~" in data
    assert "CAS*CO*7*.07~" in data


def test_the_835_names_its_guide_in_the_group_only() -> None:
    data = write_interchange(interchange_of("835", REMITTANCE)).decode()
    assert "ST*835*0001~" in data
    assert "*005010X221A1~" in data


def test_text_keeps_its_case_because_a_payer_echoes_what_it_was_sent() -> None:
    claim = replace(CLAIM_PAID, patient_control_number="Ab-12c")
    interchange = interchange_of("835", remittance_of(claim))
    assert "CLP*Ab-12c*" in write_interchange(interchange).decode()
    assert there_and_back(interchange) == interchange


def test_claims_under_several_headers_keep_their_header() -> None:
    under_two = replace(CLAIM_PAID, header="2")
    remittance = replace(REMITTANCE, claims=(CLAIM_PAID, under_two), produced_on=date(2026, 10, 1))
    interchange = interchange_of("835", remittance)
    assert there_and_back(interchange) == interchange
