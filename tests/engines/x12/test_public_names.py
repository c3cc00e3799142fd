"""The names this library offers; a change here is a change for everyone who uses it."""

from __future__ import annotations

from charthouse.engines import x12

NAMES = """
Address Adjustment BankRoute BillingProvider Body ClaimAck ClaimBalance ClaimLine ClaimState ClaimStatus
ClaimStatusReport Delimiters DrugQuantity ElementError ErrorContext Group Imbalance ImplementationAck
Interchange InterchangeAck PartyId Patient Payer Person ProfessionalClaim ProfessionalClaims Provider ProviderAdjustment
ProviderStatusReport RawSet ReadInterchange Receiver Remittance RemittanceBalance RemittanceClaim RemittanceLine
RemittancePatient RemittancePayee RemittancePayer Segment SegmentError ServiceFacility SetAck Submitter Subscriber
TransactionSet X12Fault answer_group check_claim element_text has_npi_shape judge_remittance
read_interchanges read_segments
transliterate write_interchange
"""


def test_the_public_names_are_these() -> None:
    assert sorted(x12.__all__) == sorted(NAMES.split())


def test_every_public_name_is_there_and_says_what_it_is() -> None:
    for name in x12.__all__:
        documented = name == "Body" or getattr(x12, name).__doc__
        assert documented, name
