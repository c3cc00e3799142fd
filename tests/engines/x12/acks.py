"""Synthetic acknowledgements: a 999 with a rejected set and a 277CA with an accepted and a rejected claim."""

from __future__ import annotations

from datetime import date

from charthouse.engines.x12 import (
    ClaimAck,
    ClaimStatus,
    ClaimStatusReport,
    ElementError,
    ErrorContext,
    ImplementationAck,
    ProviderStatusReport,
    SegmentError,
    SetAck,
)
from charthouse.kit import Money, ServiceDates
from tests.engines.x12.examples import NOW, NPI

GUIDE = "005010X222A1"
ERROR = SegmentError(
    "CLM",
    27,
    code="8",
    loop="2300",
    contexts=(ErrorContext("CLM01", "CH0001A"),),
    elements=(ElementError(5, "7", component=1, reference="1331", value="00"),),
)
ACCEPTED_SET = SetAck("837", "0001", "A", GUIDE)
REJECTED_SET = SetAck("837", "0002", "R", GUIDE, errors=(ERROR,), codes=("5",))
ACK_999 = ImplementationAck("HC", "101", GUIDE, "P", 2, 2, 1, sets=(ACCEPTED_SET, REJECTED_SET))

TODAY = date(2026, 11, 23)
ACCEPTED_CLAIM = ClaimStatusReport(
    "CH0001A",
    "QUIGLEY",
    (ClaimStatus("A2", "20", "PR", TODAY, "WQ", Money(12_050)),),
    given_name="GRETA",
    member_id="MBR000000001",
    payer_control_number="ICN1",
    dates=ServiceDates.on(date(2026, 3, 10)),
)
REJECTED_CLAIM = ClaimStatusReport(
    "CH0002B",
    "OWENS",
    (ClaimStatus("A7", "562", "85", TODAY, "U", Money(500)), ClaimStatus("A7", "21", "85", TODAY, "U", Money(500))),
    given_name="NOAH",
    member_id="MBR000000002",
    clearinghouse_number="731",
    dates=ServiceDates(date(2026, 3, 1), date(2026, 3, 31)),
)
ACK_277CA = ClaimAck(
    reference="R1",
    created_at=NOW,
    source_name="EXAMPLE HEALTH PLAN",
    source_id="60054",
    receiver_name="NORTHWIND BILLING",
    receiver_id="SUBMITTER01",
    claim_file_reference="B00000001",
    received_on=TODAY,
    processed_on=TODAY,
    statuses=(ClaimStatus("A1", "20", "PR", TODAY, "WQ", Money(12_550)),),
    providers=(
        ProviderStatusReport(
            "LAKESIDE MEDICAL GROUP",
            NPI,
            (ACCEPTED_CLAIM, REJECTED_CLAIM),
            trace="T1",
            statuses=(ClaimStatus("A1", "19", "PR", action="WQ", amount=Money(12_550)),),
        ),
    ),
    source_trace="1",
)
